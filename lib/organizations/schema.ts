import { z } from 'zod'
import { Email } from '#lib/accounts/schema'
import { displayName, isShowable } from '#lib/names'

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const LONGEST_SLUG = 63

/** What stands for an organization in addresses; it is never given to another, and never changes. */
export const Slug = z
  .string()
  .regex(SLUG, 'Use a to z, 0 to 9 and single hyphens between them.')
  .max(LONGEST_SLUG, `Use at most ${LONGEST_SLUG} characters.`)
  // What looks like an id is one, wherever an organization is named.
  .refine((slug) => !z.uuid().safeParse(slug).success, 'Choose one that does not look like an id.')

/** The slug that a name suggests; empty where nothing of it is left in a to z and 0 to 9. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG + 1)
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST_SLUG)
    .replace(/-$/, '')

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

export const OpenCustomerInput = z.strictObject({
  /** The organization that it stands below. */
  parentId: z.uuid(),
  name: displayName,
  slug: Slug,
  kind: z.enum(['customer', 'reseller'], 'Choose Customer or Reseller.'),
  /** Absent: Lite, or the lowest there is. */
  tierId: z.uuid().optional(),
  contact: Contact.optional(),
  /** Who is invited as its first admin; empty or absent: nobody yet. */
  adminEmail: z.union([z.literal(''), Email]).optional(),
})
export type OpenCustomerInput = z.input<typeof OpenCustomerInput>

/** Only what is to change is present: two people who edit different fields do not undo each other's work. */
export const EditCustomerInput = z.strictObject({
  organizationId: z.uuid(),
  name: displayName.optional(),
  contact: Contact.optional(),
  tierId: z.uuid().optional(),
  /** Instead of the tier's; null: the tier's. For platform admins. */
  tokenLimit: z
    .int('Enter a whole number.')
    .min(0, 'Enter 0 or more.')
    .max(100_000, 'Enter at most 100000.')
    .nullable()
    .optional(),
})
export type EditCustomerInput = z.input<typeof EditCustomerInput>

/** Suspend and resume name the organization and nothing else. */
export const OrganizationIdInput = z.strictObject({ organizationId: z.uuid() })
export type OrganizationIdInput = z.infer<typeof OrganizationIdInput>

export const CloseCustomerInput = z.strictObject({
  organizationId: z.uuid(),
  /** The name, typed to show that it is meant. */
  name: z.string().max(200, 'Use at most 200 characters.').refine(isShowable, 'Use only characters that can be seen.'),
})
export type CloseCustomerInput = z.infer<typeof CloseCustomerInput>

/** Only what is to change is present. */
export const EditOwnOrganizationInput = z.strictObject({
  organizationId: z.uuid(),
  name: displayName.optional(),
  contact: Contact.optional(),
})
export type EditOwnOrganizationInput = z.input<typeof EditOwnOrganizationInput>
