const WORDS: Readonly<Record<number, string>> = { 3600: '1 hour', 86400: '24 hours', 604800: '7 days' }

/** An overlap as one chooses it: "Now", "24 hours". */
export const overlapLabel = (seconds: number) => (seconds === 0 ? 'Now' : (WORDS[seconds] ?? `${seconds} s`))

/** What becomes of the old secret at the reveal of the new one: "works for 24 hours more". */
export const oldSecretThen = (seconds: number) =>
  seconds === 0 ? 'ends at once' : `works for ${overlapLabel(seconds)} more`
