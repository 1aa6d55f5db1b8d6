import type { TierView } from '#lib/organizations/view'

/** The tier that counts now: "Lite". */
export const effectiveName = ({ name, limitedTo }: TierView) => limitedTo?.tier ?? name

/** A tier with the reason why another counts: "Advanced, limited to Lite by Northwind". */
export const tierWords = ({ name, limitedTo }: TierView) =>
  limitedTo === undefined ? name : `${name}, limited to ${limitedTo.tier} by ${limitedTo.by}`
