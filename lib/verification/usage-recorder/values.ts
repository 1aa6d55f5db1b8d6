import { OTHER, type Outcome } from '#lib/usage/choices'

const VALUES_OF_A_KIND_AT_MOST = 100

/** In UTF-16 units; what is longer is cut. */
export const LENGTH_AT_MOST = 200

export const KINDS = ['endpoint', 'resource', 'address', 'userAgent'] as const
export type Kind = (typeof KINDS)[number]

/** How often a value came since it was last taken; `userAgent` is the last one that came with it, for addresses alone. */
export type Tally = { readonly value: string; active: number; refused: number; userAgent: string | null }

/** `all` by value, from the second one on. */
export type Values = { latest: Tally; all: Map<string, Tally> | null }

/** The uses of a token in an hour, in one organization, since they were last taken. */
export type TokenHour = {
  readonly tokenId: string
  readonly organizationId: string | null
  /** Whole hours since 1970. */
  readonly hour: number
  active: number
  refused: Map<Outcome, number> | null
  /** In the order of KINDS. */
  readonly values: (Values | null)[]
  /** How many tallies these are. */
  size: number
  /** Whether it waits to be taken. */
  waits: boolean
  /** Whether some of its values were never taken. */
  fresh: boolean
  /** Whether what was taken may have been written as another value. */
  crowded: boolean
  /** The same token in another hour or organization. */
  next: TokenHour | null
}

/** All tallies of one kind. */
export function talliesOf({ values }: TokenHour, kind: Kind): Iterable<Tally> {
  const of = values[KINDS.indexOf(kind)]
  if (!of) return []
  return of.all === null ? [of.latest] : of.all.values()
}

/** The tally of a text. What is too long is looked up once it is cut: a text of any length would be read through. */
export function lookUp(values: Values, text: string): Tally | null {
  if (values.latest.value === text) return values.latest
  if (values.all === null || text.length > LENGTH_AT_MOST) return null
  const found = values.all.get(text)
  if (found === undefined) return null
  values.latest = found
  return found
}

/** Whether a further value counts as another one. */
export const isFull = ({ all }: Values) =>
  all !== null && all.size - (all.has(OTHER) ? 1 : 0) >= VALUES_OF_A_KIND_AT_MOST
