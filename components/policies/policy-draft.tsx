import { daysInWords, MOST_DAYS, POLICY_NAMES } from '#lib/policies/choices'
import type { Policies, PolicyTable } from '#lib/policies/view'

/** What was changed and not saved yet; days as they are typed, empty: no limit. */
export type PolicyDraft = Partial<Omit<Policies, 'longestLifetimeDays'>> & { readonly days?: string }

/** What holds where the policies are set. */
export function heldIn({ levels }: Pick<PolicyTable, 'levels'>): Policies {
  const here = levels.at(-1)
  if (here === undefined) throw new Error('a table of policies has a level')
  return here.policies
}

/** The days as the field shows them. */
export const daysShown = (held: Policies, draft: PolicyDraft) => draft.days ?? String(held.longestLifetimeDays ?? '')

/** The policies as they would be; a longest lifetime means that nothing lives forever. */
export function withDraft(held: Policies, { days: _, ...chosen }: PolicyDraft, days: number | null): Policies {
  const all = { ...held, ...chosen, longestLifetimeDays: days }
  return { ...all, neverExpiringAllowed: all.neverExpiringAllowed && days === null }
}

/** The days that were typed; a sentence where they are none that can be set. */
export function parseDays(text: string, loosest: number | null): number | null | { readonly error: string } {
  const trimmed = text.trim()
  if (trimmed === '') return loosest === null ? null : { error: `Enter days: ${daysInWords(loosest)} at most.` }
  const days = /^\d{1,6}$/.test(trimmed) ? Number(trimmed) : 0
  if (days < 1 || days > (loosest ?? MOST_DAYS))
    return { error: `Enter whole days, from 1 to ${loosest ?? MOST_DAYS}.` }
  return days
}

/** Only what would be another than it is. */
export function changesOf(held: Policies, { days: _, ...chosen }: PolicyDraft, days: number | null): Partial<Policies> {
  const wanted = { ...held, ...chosen, longestLifetimeDays: days }
  return Object.fromEntries(
    POLICY_NAMES.flatMap((name) => {
      // Where there is a longest lifetime, the other is not asked.
      const asked = name !== 'neverExpiringAllowed' || days === null
      return asked && wanted[name] !== held[name] ? [[name, wanted[name]]] : []
    }),
  )
}
