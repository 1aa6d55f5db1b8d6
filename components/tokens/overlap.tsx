import { ROTATION_OVERLAPS } from '#lib/tokens/schema'

const WORDS: Readonly<Record<number, string>> = { 3600: '1 hour', 86400: '24 hours', 604800: '7 days' }

export type OverlapSeconds = (typeof ROTATION_OVERLAPS)[number]

/** An overlap as one chooses it: "Now", "24 hours". */
export const overlapLabel = (seconds: number) => (seconds === 0 ? 'Now' : (WORDS[seconds] ?? `${seconds} s`))

/** What becomes of the old secret at the reveal of the new one: "works for 24 hours more". */
export const oldSecretThen = (seconds: number) =>
  seconds === 0 ? 'ends at once' : `works for ${overlapLabel(seconds)} more`

/** The overlap of that many seconds; 24 hours where it is none that can be chosen. */
export const overlapOf = (seconds: number | undefined): OverlapSeconds =>
  ROTATION_OVERLAPS.find((each) => each === seconds) ?? 86_400
