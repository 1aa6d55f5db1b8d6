import { log } from '#lib/log'

const PATIENCE_MS = 5_000
const KNOWN_FOR_MS = 10 * 60_000
const AWAY_FOR_MS = 15_000

/** The provider gave no answer, or said that it can't. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable'
}

type Discovery = { readonly body: Promise<string>; until: number }

let discovery: Discovery | undefined

/**
 * Asks the provider something: as `fetch` does, but with an end to patience, and noting in one line where it does not
 * answer. What it says of itself (OpenID Connect Discovery 1.0) is asked once in 10 minutes, and where it does not answer
 * once in 15 seconds, however many go there meanwhile.
 * @throws ProviderUnreachable
 */
export async function reachProvider(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const url = String(input instanceof Request ? input.url : input)
  if (!url.endsWith('/.well-known/openid-configuration')) return ask(url, input, init)
  if (discovery === undefined || discovery.until <= Date.now()) discovery = discover(url, init)
  return new Response(await discovery.body, { headers: { 'content-type': 'application/json' } })
}

function discover(url: string, init?: RequestInit): Discovery {
  const asked = async () => {
    const answer = await ask(url, url, init)
    if (!answer.ok) throw unreachable(url, new Error(`status ${answer.status}`))
    return answer.text()
  }
  const begun: Discovery = { body: asked(), until: Date.now() + KNOWN_FOR_MS }
  begun.body.catch(() => {
    begun.until = Date.now() + AWAY_FOR_MS
  })
  return begun
}

async function ask(url: string, ...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  try {
    const answer = await fetch(input, { ...init, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) })
    if (answer.status < 500) return answer
    throw new Error(`status ${answer.status}`)
  } catch (cause) {
    throw unreachable(url, cause)
  }
}

function unreachable(url: string, cause: unknown): ProviderUnreachable {
  log().warn({ issuer: URL.parse(url)?.host, error: cause }, 'the provider to sign in through can not be reached')
  return new ProviderUnreachable('the provider can not be reached', { cause })
}
