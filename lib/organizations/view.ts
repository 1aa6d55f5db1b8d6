/** An organization as its admins edit it. */
export type OwnOrganization = {
  readonly id: string
  readonly slug: string
  readonly name: string
  /** An e-mail address or URL, for those who are told to ask it. */
  readonly contact: string | null
}
