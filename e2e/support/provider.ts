import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import Provider from 'oidc-provider'
import { noteSight } from './traffic'

const PAGE = `<!doctype html><title>Example ID</title><h1>Example ID</h1><form method="post">
<label>Login <input name="login"></label> <button>Continue</button> <button name="cancel" value="1">Cancel</button></form>`

/**
 * A real OpenID provider on this machine, with a page that signs in whoever one says to be; it remembers them as
 * providers do. Its e-mail claim is whatever a test wants.
 */
export async function openProvider(redirectUri: string, claims: Readonly<Record<string, { email: string }>>) {
  const clientSecret = randomBytes(24).toString('base64url')
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  /** How long ago it says that it authenticated whoever comes, in seconds. */
  let ago = 0
  let isBroken = false
  noteSight({ part: 'given by the provider', where: issuer, text: clientSecret })

  const provider = new Provider(issuer, {
    clients: [{ client_id: 'desk', client_secret: clientSecret, redirect_uris: [redirectUri] }],
    cookies: { keys: [randomBytes(16).toString('base64url')] },
    claims: { openid: ['sub'], profile: ['name', 'email', 'email_verified'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, name: `${accountId} of Example`, ...claims[accountId] }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.account.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()

  const interact = async (request: IncomingMessage): Promise<Parameters<typeof provider.interactionFinished>[2]> => {
    const form = new URLSearchParams(await text(request))
    if (form.has('cancel')) return { error: 'access_denied', error_description: 'cancelled' }
    return { login: { accountId: form.get('login') ?? '', ts: Math.floor(Date.now() / 1000) - ago } }
  }
  server.on('request', async (request, response) => {
    const { method, url = '' } = request
    if (url.startsWith('/interaction/')) {
      if (method === 'POST') await provider.interactionFinished(request, response, await interact(request))
      else response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
      return
    }
    if (url === '/token' && isBroken) {
      response.writeHead(503).end()
      return
    }
    if (url === '/token') noteTokens(response, issuer)
    answer(request, response)
  })
  return {
    issuer,
    clientSecret,
    claimsToHaveAskedAgo: (seconds: number) => {
      ago = seconds
    },
    /** From now on it hands out no token. */
    breakDown: () => {
      isBroken = true
    },
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}

/** Notes what an answer of the token endpoint hands out, for the search after the run. */
function noteTokens(response: ServerResponse, where: string): void {
  const end = response.end
  response.end = function (this: ServerResponse, ...given: never) {
    for (const [, text = ''] of String(given[0]).matchAll(/"(?:access|id)_token":"([^"]+)"/g))
      noteSight({ part: 'given by the provider', where, text })
    return Reflect.apply(end, this, given)
  }
}
