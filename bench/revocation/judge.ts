import type { Ledger } from '#bench/revocation/ledger'
import type { Revocation } from '#bench/revocation/revoke'
import { quantile } from '#bench/statistics'
import { LEASE_MS } from '#lib/verification/lease'

/** What may not be. */
export type Violations = {
  /** Tokens that a verifier accepted in a request sent after their proof was shown. */
  readonly acceptedAfterProof: number
  /** Tokens that a verifier was heard to accept more than 5 s after the commit. */
  readonly acceptedAfterLease: number
  /** Revocations whose proof was told complete without a verifier that could still accept. */
  readonly silentUnnamed: number
  /** How late the latest of them were, in milliseconds. */
  readonly worstMs: number
}

/** One that cannot answer, by its name, from an instant on. */
export type Silence = { readonly name: string; readonly since: number } | null

export function violationsOf(ledger: Ledger, revocations: readonly Revocation[], silence: Silence): Violations {
  let [acceptedAfterProof, acceptedAfterLease, worstMs] = [0, 0, 0]
  for (const { token, shownAt, committedAt } of revocations) {
    for (let place = token; place < ledger.sent.length; place += ledger.tokens) {
      const afterProof = (ledger.sent[place] ?? 0) - shownAt
      const afterLease = (ledger.came[place] ?? 0) - committedAt - LEASE_MS
      if (afterProof > 0) acceptedAfterProof++
      if (afterLease > 0) acceptedAfterLease++
      worstMs = Math.max(worstMs, afterProof, afterLease)
    }
  }
  const silentUnnamed = silence === null ? 0 : revocations.filter((each) => !isNamed(each, silence)).length
  return { acceptedAfterProof, acceptedAfterLease, silentUnnamed, worstMs: Math.round(worstMs) }
}

// Before that instant, and once its lease must have run out, it need not be named.
const isNamed = ({ committedAt, first: { verifiers } }: Revocation, { name, since }: NonNullable<Silence>) =>
  committedAt < since || committedAt > since + LEASE_MS - 100 || verifiers.some((each) => each.name === name)

/** What became of the revocations of a phase; times from the order to the last acknowledgement, where all acknowledged. */
export function summaryOf(revocations: readonly Revocation[]) {
  const times = revocations.flatMap(({ first: { verifiers } }) => {
    const answers = verifiers.flatMap(({ afterMs }) => afterMs ?? [])
    return answers.length === verifiers.length ? [Math.max(...answers)] : []
  })
  return {
    revocations: revocations.length,
    acknowledgedByAll: times.length,
    silentNamed: revocations.length - times.length,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    maxMs: quantile(times, 1),
  }
}
