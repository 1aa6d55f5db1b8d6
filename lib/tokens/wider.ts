/** Whether what ends then instead lasts longer; null: never. */
export const livesLonger = (before: Date | null, after: Date | null): boolean =>
  before !== null && (after === null || after > before)

/** Whether addresses are allowed that were not, range by range; no ranges allow every address. */
export const reachesFurther = (before: readonly string[], after: readonly string[]): boolean =>
  before.length > 0 && (after.length === 0 || after.some((range) => !before.includes(range)))

/** The scopes that were not there before. */
export const scopesAdded = (before: readonly string[], after: readonly string[]): string[] =>
  after.filter((scope) => !before.includes(scope))
