import { z } from 'zod'

/** What `/callers` answers, as it comes over HTTP. */
export const CallersAnswer = z.object({
  callers: z.array(
    z.object({
      address: z.string(),
      userAgent: z.string().nullable(),
      count: z.number(),
      refused: z.number(),
      lastHour: z.coerce.date(),
    }),
  ),
  more: z.number(),
  total: z.number(),
})
