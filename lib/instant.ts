import { z } from 'zod'

/** An instant as addresses give it: a date means its start in UTC. Of the years that PostgreSQL and JavaScript write alike. */
export const Instant = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], 'Give a date, or a date and time with its offset.')
  .transform((value) => new Date(value))
  .refine((at) => at.getUTCFullYear() >= 1970 && at.getUTCFullYear() <= 9999, 'Use a year from 1970 to 9999.')
