import { createHash, randomBytes } from 'node:crypto'

/** The SHA-256 of a one-time link's secret part: all that is kept of it. */
export const linkDigest = (link: string): Uint8Array => createHash('sha256').update(link).digest()

/** A new one-time link's secret part, 128 random bits as 22 characters of base64url, and what is kept of it. */
export function newLink(): { readonly link: string; readonly digest: Uint8Array } {
  const link = randomBytes(16).toString('base64url')
  return { link, digest: linkDigest(link) }
}
