import { z } from 'zod'
import { Email } from '#lib/accounts/schema'
import { displayName, isShowable } from '#lib/names'

const isHttps = (contact: string) =>
  contact.length <= 500 && /^https:\/\/\S+$/i.test(contact) && isShowable(contact) && URL.canParse(contact)

/** An e-mail address or an https URL, without surrounding space; empty is none. */
export const Contact = z
  .string()
  .trim()
  .refine(
    (contact) => contact === '' || isHttps(contact) || Email.safeParse(contact).success,
    'Enter an e-mail address, or a URL that begins with https://.',
  )
  .transform((contact) => (contact === '' ? null : contact))

/** Only what is to change is present. */
export const EditOwnOrganizationInput = z.strictObject({
  organizationId: z.uuid(),
  name: displayName.optional(),
  contact: Contact.optional(),
})
export type EditOwnOrganizationInput = z.input<typeof EditOwnOrganizationInput>
