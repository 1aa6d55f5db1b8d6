import { z } from 'zod'

// Controls (except joiners), surrogates, line and paragraph separators, bidirectional overrides and isolates,
// tags and the byte order mark: none can be seen, and each can make a name read as another.
const REFUSED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/u

// Something must be left to see once spaces, joiners, variation selectors and blank letters are gone.
const INVISIBLE = /[\s\p{Cf}\p{Mn}\p{Me}\u115F\u1160\u2800\u3164\uFFA0]/gu

/** Whether a text holds nothing that hides or reorders what people read. */
export const isShowable = (text: string) => text.isWellFormed() && !REFUSED.test(text)

/** A name that people see: NFC, trimmed, 1 to 100 code points, any language, nothing that hides. */
export const displayName = z
  .string()
  .refine(isShowable, 'Use only characters that can be seen.')
  .transform((name) => name.normalize('NFC').trim())
  .refine((name) => name.length > 0, 'Enter a name.')
  .refine((name) => [...name].length <= 100, 'Use at most 100 characters.')
  .refine(
    (name) => name.length === 0 || name.replace(INVISIBLE, '') !== '',
    'Use at least one character that can be seen.',
  )

/** What somebody else calls a person, cut to what a name may be here; null where nobody can be called so. */
export function asDisplayName(text: string): string | null {
  const shown = displayName.safeParse([...text.normalize('NFC').trim()].slice(0, 100).join(''))
  return shown.success ? shown.data : null
}

/** The form in which names of one owner must differ: NFKC in lower case, so that look-alikes by case and width collide. */
export const nameKey = (name: string) => name.normalize('NFKC').toLowerCase().normalize('NFKC')
