'use client'

import { useRef, useState } from 'react'
import { type EndingVerb, type Fate, fateOf, portionsOf } from '#components/tokens/end-tokens'
import { type ActionFailure, useAction } from '#components/ui/use-action'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenOutcome } from '#lib/tokens/view'

// So that it can be stopped, and a lost answer leaves few in doubt.
const AT_ONCE = 5

const DOUBLE_CLICK_MS = 500

/**
 * Revokes or deletes several, five at a time, and keeps what became of each. It goes no further once it is stopped, or an
 * answer is lost or a refusal; what nobody asked for then is `waiting` still, and `run` goes on with it.
 */
export function useEndTokens(
  verb: EndingVerb,
  actions: Pick<TokenActions, 'revokeTokens' | 'deleteTokens'>,
  begin: ReadonlyMap<string, Fate>,
  settle: (outcomes: readonly TokenOutcome[]) => void,
) {
  const revoke = useAction(actions.revokeTokens)
  const remove = useAction(actions.deleteTokens)
  const [fates, setFates] = useState(begin)
  const [phase, setPhase] = useState<'asking' | 'running' | 'over'>('asking')
  const [failure, setFailure] = useState<ActionFailure | null>(null)
  const [stopping, setStopping] = useState(false)
  const stopped = useRef(false)
  const begun = useRef(0)

  const run = async (reason: string) => {
    let known = fates
    const note = (changes: Iterable<readonly [string, Fate]>) => {
      known = new Map([...known, ...changes])
      setFates(known)
    }
    const open = [...known].filter(([, { kind }]) => kind === 'waiting' || kind === 'unknown').map(([id]) => id)
    stopped.current = false
    begun.current = performance.now()
    setStopping(false)
    setFailure(null)
    setPhase('running')
    for (const tokenIds of portionsOf(open, AT_ONCE)) {
      if (stopped.current) break
      const result =
        verb === 'revoke'
          ? await revoke.run({ tokenIds, ...(reason === '' ? {} : { reason }) })
          : await remove.run({ tokenIds })
      if (!result.ok) {
        setFailure(result)
        if (result.code === 'unexpected') note(tokenIds.map((id) => [id, { kind: 'unknown' }] as const))
        else if (![...known.values()].some(({ kind }) => kind === 'done')) return setPhase('asking')
        break
      }
      const outcomes = result.data.map((outcome) => {
        const fate = fateOf(outcome, verb, known.get(outcome.tokenId)?.kind === 'unknown')
        return { outcome: fate.kind === 'done' ? { ...outcome, refusal: null } : outcome, fate }
      })
      note(outcomes.map(({ outcome, fate }) => [outcome.tokenId, fate] as const))
      settle(outcomes.map(({ outcome }) => outcome))
    }
    setPhase('over')
  }

  return {
    fates,
    phase,
    failure,
    run,
    stopping,
    /** Whether a click now may be the second of a double click on what began it. */
    justBegun: () => performance.now() - begun.current < DOUBLE_CLICK_MS,
    /** Goes no further than the five that are under way. */
    stop: () => {
      stopped.current = true
      setStopping(true)
    },
  }
}
