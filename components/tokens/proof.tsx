import { formatClock } from '#components/time/format'
import type { Proof } from '#lib/verifiers/view'

/** How long at most a verifier may answer from what it knew at the commit. */
const LEASE_MS = 5000

const SECOND_MS = 1000

/** A proof, and from when on by construction nobody accepts; milliseconds of the database's clock, a full second. */
export type Seen = { readonly proof: Proof; readonly endsAt: number }

/** What the next reading adds: the lease counts from the first, since each is read after the commit. */
export const nextSeen = (before: Seen | null, proof: Proof): Seen => ({
  proof,
  endsAt: Math.min(
    before?.endsAt ?? Number.POSITIVE_INFINITY,
    Math.ceil((proof.readAt + LEASE_MS) / SECOND_MS) * SECOND_MS,
  ),
})

/** Whether all have answered, or the leases of those that have not ran out: there is nothing more to wait for. */
export const isSettled = (seen: Seen) => silentOf(seen).length === 0 || hasEnded(seen)

/** Whether by construction nobody accepts any more. */
export const hasEnded = ({ proof, endsAt }: Seen) => proof.readAt >= endsAt

const silentOf = ({ proof: { verifiers } }: Seen) => verifiers.filter(({ afterMs }) => afterMs === null)

/** The parts of "refused by 3 of 3 verifiers in 41 ms"; without a time where none has answered. */
export function countOf({ verifiers }: Proof): { readonly count: string; readonly time: string | null } {
  const answers = verifiers.flatMap(({ afterMs }) => afterMs ?? [])
  return {
    count: `${answers.length} of ${verifiers.length} verifiers`,
    time: answers.length === 0 ? null : `${Math.max(...answers)} ms`,
  }
}

/** What is to be said of the verifiers that have not answered, of one token ("it") or several; null where all have. */
export function silenceOf(seen: Seen, it: 'it' | 'them', timeZone: string): string | null {
  const silent = silentOf(seen)
  if (silent.length === 0) return null
  const who = new Intl.ListFormat('en-GB').format(silent.map(({ name }) => name))
  const at = formatClock(new Date(seen.endsAt), timeZone)
  const [has, lease, runs, they] =
    silent.length === 1
      ? (['has', 'its lease', 'runs', 'it accepts'] as const)
      : (['have', 'their leases', 'run', 'they accept'] as const)
  return hasEnded(seen)
    ? `${who} ${has} not answered; ${lease} ran out at ${at}, so ${they} ${it} no longer.`
    : `${who} ${has} not answered yet; ${lease} ${runs} out at ${at}, and from then on ${they} ${it} no longer.`
}
