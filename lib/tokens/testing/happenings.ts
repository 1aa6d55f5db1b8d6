import fc from 'fast-check'
import { type Act, actOn, type Rules, rules } from '#lib/tokens/testing/acts'
import { DAY, HOUR, MINUTE } from '#lib/tokens/testing/desk'

/** What happens: an act, several tokens revoked or deleted together, one of the last acts over again, time, or the rules of the organization change. */
export type Happening =
  | { readonly act: Act; readonly on: number; readonly asOwner: boolean }
  | { readonly each: 'revoke' | 'delete'; readonly tokens: readonly number[] }
  | { readonly again: number }
  | { readonly pass: number }
  | { readonly rules: Rules; readonly suspended: boolean }

// Most of a history is about one token, so that it gets far.
const tokens = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(4) }, fc.nat(9))
const mostly = fc.nat(9).map((drawn) => drawn > 0)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ act: actOn(fc.constant('')), on: tokens, asOwner: mostly }) },
  {
    weight: 1,
    arbitrary: fc.record({
      each: fc.constantFrom('revoke', 'delete'),
      tokens: fc.uniqueArray(fc.nat(5), { minLength: 2 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ again: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 7,
    arbitrary: fc.record({
      pass: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(1, MINUTE, 9 * MINUTE, 10 * MINUTE) },
        { weight: 3, arbitrary: fc.constantFrom(HOUR - 1, HOUR, DAY, 7 * DAY) },
        fc.constant(31 * DAY),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ rules, suspended: fc.nat(3).map((drawn) => drawn === 0) }),
  },
)

const by = (on: number, act: Act): Happening => ({ act, on, asOwner: true })

// What chance alone rarely does: a whole rotation, and both keys again;
const rotation: fc.Arbitrary<Happening[]> = fc
  .record({
    on: tokens,
    overlap: fc.constantFrom(0, 3_600, 86_400),
    minutes: fc.constantFrom(0, 9, 60),
    who: fc.constantFrom('admin', 'admin', 'member'),
    keys: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 3 }),
  })
  .map(({ on, overlap, minutes, who, keys: [old = 0, key = 1, other = 2] }) => {
    const open = (each: number) => by(on, { verb: 'reveal', who, token: '', key: each })
    const rotate = by(on, { verb: 'rotate', who: 'admin', token: '', overlap, confirmedMinutesAgo: 0 })
    return [open(old), rotate, { pass: minutes * MINUTE }, open(key), open(old), open(other), open(key)]
  })

// and a token that ends, whose place is taken before it is wanted back.
const refill: fc.Arbitrary<Happening[]> = fc.record({ on: tokens, expired: fc.boolean() }).map(({ on, expired }) => {
  const end: Happening = expired
    ? { pass: 91 * DAY }
    : by(on, { who: 'admin', verb: 'revoke', token: '', andDelete: false })
  const fill = ['One', 'Two', 'Three'].map((name) =>
    by(0, { who: 'admin', verb: 'create', label: '', own: false, name }),
  )
  const expires = { kind: 'preset', days: 30 } as const
  const back: Act = expired
    ? { who: 'admin', verb: 'edit', token: '', expires }
    : { who: 'admin', verb: 'restore', token: '' }
  return [end, ...fill, by(on, back)]
})

const some = fc.oneof(
  { weight: 40, arbitrary: happening.map((each) => [each]) },
  { weight: 2, arbitrary: rotation },
  { weight: 1, arbitrary: refill },
)
/** A history: what happens one after the other. */
export const happenings = fc
  .array(some, {
    minLength: 15,
    maxLength: 40,
    size: 'max',
  })
  .map((parts) => parts.flat())
