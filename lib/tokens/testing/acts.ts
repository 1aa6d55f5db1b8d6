import fc from 'fast-check'

/** Who acts: three members of Alder, an admin of the reseller above it, and an admin of a customer beside it. */
export const PEOPLE = ['admin', 'member', 'viewer', 'above', 'stranger'] as const
export type PersonName = (typeof PEOPLE)[number]

/** A lifetime as people choose it; `custom` is so many days and a second from now, so that it never is a preset's end. */
export type Choice =
  | { readonly kind: 'preset'; readonly days: 30 | 60 | 90 | 365 }
  | { readonly kind: 'custom'; readonly days: number }
  | { readonly kind: 'never' }

export type Rules = {
  readonly limit: number
  readonly deleteAny: boolean
  readonly longestDays: number | null
  readonly neverAllowed: boolean
}

export type Overlap = 0 | 3_600 | 86_400 | 604_800

/** Something that is done, told as data, so that the product and the model can be given the same; tokens go by label. */
export type Act = { readonly who: PersonName } & (
  | {
      readonly verb: 'create'
      readonly label: string
      readonly own: boolean
      readonly name: string
      readonly expires?: Choice | undefined
    }
  | { readonly verb: 'reveal' | 'copy'; readonly token: string; readonly key: number }
  | { readonly verb: 'finish' | 'restore' | 'delete'; readonly token: string }
  | {
      readonly verb: 'edit'
      readonly token: string
      readonly name?: string | undefined
      readonly expires?: Choice | undefined
      readonly status?: 'active' | 'revoked' | undefined
    }
  | {
      readonly verb: 'rotate'
      readonly token: string
      readonly overlap: Overlap
      readonly confirmedMinutesAgo: number | null
    }
  | { readonly verb: 'revoke'; readonly token: string; readonly andDelete: boolean }
  /** The platform's gateway is shown the secret that was minted so many mintings before the newest, counted round. */
  | { readonly verb: 'use'; readonly token: string; readonly back: number }
  /** A use in its two halves: what the gateway is told of the nth secret, and the writing of it, which comes later. */
  | { readonly verb: 'look'; readonly token: string; readonly nth: number }
  | { readonly verb: 'spend'; readonly token: string; readonly nth: number }
)

const some = <const T>(...values: readonly T[]) => fc.constantFrom(...values)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })

const choices: fc.Arbitrary<Choice> = fc.oneof(
  fc.record({ kind: some('preset'), days: some(30, 60, 90, 365) }),
  fc.record({ kind: some('custom'), days: some(-1, 0, 10, 40, 80, 400) }),
  fc.record({ kind: some('never') }),
)
// Two of these are one name.
const names = some('Export', 'ｅｘｐｏｒｔ', 'Import', 'Default', 'Personal')
const who = fc.oneof(
  { weight: 9, arbitrary: some('admin') },
  { weight: 2, arbitrary: some('member', 'above') },
  some('viewer', 'stranger'),
)

export const rules: fc.Arbitrary<Rules> = fc.record({
  limit: some(1, 2, 3),
  deleteAny: fc.boolean(),
  longestDays: some(null, null, null, 100, 60),
  neverAllowed: fc.boolean(),
})

/** One act on one of those tokens. */
export function actOn(tokens: fc.Arbitrary<string>): fc.Arbitrary<Act> {
  const on = { who, token: tokens }
  const key = fc.nat(3)
  const overlap = some(0, 3_600, 86_400, 604_800)
  const minutes = some(0, 0, 0, 0, 9, 9, 10, null)
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .record({
          who,
          verb: some('create'),
          label: fc.constant(''),
          own: some(false, false, true),
          name: names,
          expires: maybe(choices),
        })
        .map((act) => (act.own && act.who !== 'viewer' ? { ...act, who: 'member' as const } : act)),
    },
    { weight: 6, arbitrary: fc.record({ ...on, verb: some('reveal', 'reveal', 'copy'), key }) },
    { weight: 1, arbitrary: fc.record({ ...on, verb: some('finish') }) },
    { weight: 3, arbitrary: fc.record({ ...on, verb: some('restore') }) },
    { weight: 1, arbitrary: fc.record({ ...on, verb: some('delete') }) },
    {
      weight: 3,
      arbitrary: fc.record({
        ...on,
        verb: some('edit'),
        name: maybe(names),
        expires: maybe(choices),
        status: maybe(some('active', 'revoked')),
      }),
    },
    { weight: 5, arbitrary: fc.record({ ...on, verb: some('rotate'), overlap, confirmedMinutesAgo: minutes }) },
    {
      weight: 3,
      arbitrary: fc.record({ ...on, verb: some('revoke'), andDelete: some(false, false, false, false, true) }),
    },
    { weight: 2, arbitrary: fc.record({ ...on, verb: some('use'), back: fc.nat(2) }) },
  )
}
