import { z } from 'zod'

/** The instants that addresses name, from the first to before the end: with room for reckoning in years of four digits. */
export const INSTANTS = { first: Date.UTC(1970, 0), end: Date.UTC(3000, 0) } as const

/** An instant as addresses give it: a date means its start in UTC. */
export const Instant = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], 'Give a date, or a date and time with its offset.')
  .transform((value) => new Date(value))
  .refine((at) => at.getTime() >= INSTANTS.first && at.getTime() < INSTANTS.end, 'Use a year from 1970 to 2999.')
