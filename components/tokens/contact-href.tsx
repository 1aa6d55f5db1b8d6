/** Where a contact leads: an e-mail address or an http(s) URL; null where it is neither, so that it can't run a script. */
export function contactHref(contact: string | null): string | null {
  if (contact === null) return null
  if (/^https?:\/\/\S+$/i.test(contact)) return contact
  return /^[^\s@:/]+@[^\s@/]+$/.test(contact) ? `mailto:${encodeURIComponent(contact).replace('%40', '@')}` : null
}
