import type { IncomingMessage } from 'node:http'
import type { Log } from '#lib/log'
import { parseSecret } from '#lib/tokens/secret'
import { callerOf } from '#lib/verification/caller'
import type { Reason } from '#lib/verification/decide'
import { openRefusals } from '#lib/verification/refusals'
import type { Tally } from '#lib/verification/tally'

/** What was answered, as far as logs and metrics are concerned. */
export type Answered = {
  readonly status: number
  /** What was said of a token. */
  readonly verdict?: Reason | 'active'
  /** Why there is no better answer. */
  readonly fault?: unknown
}

/**
 * Counts every answer of a verifier, and logs the refused credentials and the failures; single verifications only at
 * level `debug`. A credential is told by its public id, which does not mean that there is such a token.
 */
export function openObserver(options: {
  readonly log: Log
  readonly tally: Tally
  /** Accepted prefixes of secrets. */
  readonly prefixes: readonly string[]
}) {
  const { log, tally, prefixes } = options
  const tell = openRefusals(log)

  function presentedId(request: IncomingMessage): string | null {
    const caller = callerOf(request)
    return caller === null ? null : (parseSecret(caller.credential, prefixes)?.id ?? null)
  }

  return (
    route: string,
    request: IncomingMessage,
    { status, verdict, fault }: Answered,
    milliseconds: number,
  ): void => {
    tally.answered(route, status, milliseconds)
    if (verdict !== undefined) tally.judged(verdict)
    const line = () => ({ route, status, client: request.headers['x-forwarded-for'] })
    if (status >= 500) tell(status === 503 ? 'warn' : 'error', () => ({ ...line(), fault }), 'verifier failed')
    else if (status === 401 || status === 403)
      tell('info', () => ({ ...line(), tokenId: presentedId(request) }), 'credential refused')
    else if (log.debugs) log.debug({ ...line(), verdict, ms: milliseconds }, 'verifier')
  }
}
