import { z } from 'zod'

/** Scopes as RFC 6749 section 3.3 writes them; each once, in order. Whether there are such is not a matter of form. */
export const Scopes = z
  .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, 'This is not a scope.'))
  .max(100, 'Choose at most 100 scopes.')
  .transform((scopes) => [...new Set(scopes)].sort())
