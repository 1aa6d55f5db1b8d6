import { log } from '#lib/log'

type Patience = {
  /** For one answer, to its last byte. */
  readonly patienceMs: number
  /** How long what the provider said of itself is not asked again. */
  readonly knownForMs: number
  /** The same where it gave no answer. */
  readonly awayForMs: number
}

/** The provider gave no answer, or no whole one, or said that it can't. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable'
}

type Discovery = { readonly body: Promise<string>; until: number }

/**
 * A way to ask a provider something: as `fetch` does, but with an end to patience, the whole answer at once, and noting in
 * one line where there is none. What the provider says of itself (OpenID Connect Discovery 1.0) is asked once in a while,
 * however many go there meanwhile. What it gives throws ProviderUnreachable.
 */
export function makeReach({ patienceMs, knownForMs, awayForMs }: Patience): typeof fetch {
  let discovery: Discovery | undefined

  async function reach(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
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
    const begun: Discovery = { body: asked(), until: Date.now() + knownForMs }
    begun.body.catch(() => {
      begun.until = Date.now() + awayForMs
    })
    return begun
  }

  async function ask(url: string, ...[input, init]: Parameters<typeof fetch>): Promise<Response> {
    try {
      const answer = await fetch(input, { ...init, cache: 'no-store', signal: AbortSignal.timeout(patienceMs) })
      if (answer.status >= 500) throw new Error(`status ${answer.status}`)
      const { status, headers } = answer
      // Read here: what is cut off, or never ends, is no answer either.
      return new Response(answer.body === null ? null : await answer.arrayBuffer(), { status, headers })
    } catch (cause) {
      throw unreachable(url, cause)
    }
  }

  return reach
}

/** Asks the provider that is configured: 5 seconds for an answer, what it says of itself once in 10 minutes, or 15 seconds. */
export const reachProvider = makeReach({ patienceMs: 5_000, knownForMs: 10 * 60_000, awayForMs: 15_000 })

function unreachable(url: string, cause: unknown): ProviderUnreachable {
  log().warn({ issuer: URL.parse(url)?.host, error: cause }, 'the provider to sign in through can not be reached')
  return new ProviderUnreachable('the provider can not be reached', { cause })
}
