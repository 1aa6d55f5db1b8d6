import { z } from 'zod'

/** The revocations that a proof is asked for, as `?id=` says them, once or several times. */
export const RevocationIds = z
  .array(z.string().regex(/^[1-9][0-9]{0,14}$/))
  .min(1)
  .max(500)
  .transform((ids) => [...new Set(ids.map(Number))])
