import { log } from '#lib/log'

const PATIENCE_MS = 10_000
const KNOWN_FOR_MS = 10 * 60_000

/** The provider gave no answer, or said that it can't. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable'
}

type Known = { readonly body: string; readonly until: number }

const discovered = new Map<string, Known>()

/**
 * Asks the provider something: as `fetch` does, but with an end to patience, and noting in one line where it does not
 * answer. What it says of itself (OpenID Connect Discovery 1.0) is asked once in 10 minutes, however many go there.
 * @throws ProviderUnreachable
 */
export async function reachProvider(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const url = String(input instanceof Request ? input.url : input)
  const isDiscovery = url.endsWith('/.well-known/openid-configuration')
  const known = discovered.get(url)
  if (isDiscovery && known !== undefined && known.until > Date.now()) return asJson(known.body)
  const answer = await ask(url, input, init)
  if (!isDiscovery || !answer.ok) return answer
  const body = await answer.text()
  discovered.set(url, { body, until: Date.now() + KNOWN_FOR_MS })
  return asJson(body)
}

const asJson = (body: string) => new Response(body, { headers: { 'content-type': 'application/json' } })

async function ask(url: string, ...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  try {
    const answer = await fetch(input, { ...init, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) })
    if (answer.status < 500) return answer
    throw new Error(`status ${answer.status}`)
  } catch (cause) {
    log().warn({ issuer: URL.parse(url)?.host, error: cause }, 'the provider to sign in through can not be reached')
    throw new ProviderUnreachable('the provider can not be reached', { cause })
  }
}
