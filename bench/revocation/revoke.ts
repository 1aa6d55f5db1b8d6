import { setTimeout as sleep } from 'node:timers/promises'
import { HOT, instant, type Ledger } from '#bench/revocation/ledger'
import type { Context } from '#lib/context'
import { revokeToken } from '#lib/tokens/revoke'
import { LEASE_MS } from '#lib/verification/lease'
import { awaitProof, readProof } from '#lib/verifiers/proof'
import type { Proof } from '#lib/verifiers/view'

const AGAIN_MS = 250

/** A revocation as it was proven; instants are of the machine's monotonic clock. */
export type Revocation = {
  /** Its place among the fixture's secrets. */
  readonly token: number
  /** By when it was committed. */
  readonly committedAt: number
  /** What was told with its answer, within a second. */
  readonly first: Proof
  /** When the proof had been shown to be complete: all had answered, or the leases of the silent had run out. */
  readonly shownAt: number
}

const silentOf = ({ verifiers }: Proof) => verifiers.filter(({ afterMs }) => afterMs === null)

/** Revokes one of the fixture's tokens, which is asked about often meanwhile, and waits as a desk does until that is proven. */
export async function revoke(ctx: Context, ledger: Ledger, token: number): Promise<Revocation> {
  ledger.hot[token % HOT] = token
  const { revocation } = await revokeToken(ctx, { tokenId: String(token + 1).padStart(16, 'T') })
  const committedAt = instant()
  const first = await awaitProof(ctx.db, revocation)
  if (first === null) throw new Error('a proof could not be read')
  // As components/tokens/proof.tsx tells it: 5 s after the first reading, up to a full second.
  const endsAt = Math.ceil((first.readAt + LEASE_MS) / 1_000) * 1_000
  let proof = first
  while (silentOf(proof).length > 0 && proof.readAt < endsAt) {
    await sleep(AGAIN_MS)
    proof = await readProof(ctx, [revocation])
  }
  return { token, committedAt, first, shownAt: instant() }
}

/** Revokes tokens in turn, spread evenly over so many seconds, each awaiting its proof by itself. */
export async function revokeOver(ctx: Context, ledger: Ledger, tokens: readonly number[], seconds: number) {
  const begun = instant()
  return Promise.all(
    tokens.map(async (token, at) => {
      await sleep(Math.max(0, begun + (at / tokens.length) * seconds * 1_000 - instant()))
      return revoke(ctx, ledger, token)
    }),
  )
}
