import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { VERIFIER_ROLE } from '#db/verifier-role'
import type { SecretString } from '#lib/tokens/secret'
import { openVerifier } from '#lib/verification/open'

/** A verifier over node:http on loopback, closed when the test is over. */
export async function serveVerifier(
  databaseUrl: string,
  options: Pick<Parameters<typeof openVerifier>[0], 'clock' | 'log' | 'entriesAtMost'> = {},
): Promise<string> {
  const verifier = await openVerifier({ databaseUrl, prefixes: ['tok', 'old'], role: VERIFIER_ROLE, ...options })
  const server = createServer((request, response) => {
    if (!verifier.handle(request, response)) response.writeHead(404).end('not the verifier')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await verifier.close()
  })
  await verifier.heard
  return `http://127.0.0.1:${addressOf(server.address()).port}`
}

export function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address
}

export type Answered = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }

/** One request, its body in pieces as given; resolves as soon as the answer is whole, sent or not. */
export function send(
  url: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: readonly (string | Buffer)[] },
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      { method: options.method ?? 'GET', headers: options.headers ?? {} },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        )
      },
    )
    request.on('error', reject)
    for (const piece of options.body ?? []) request.write(piece)
    request.end()
  })
}

/** Posts a form to an endpoint of a verifier. */
export const postForm = (
  url: string,
  form: Readonly<Record<string, string>> | string | Buffer,
  headers: Record<string, string | string[]> = {},
) =>
  send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: [typeof form === 'string' || Buffer.isBuffer(form) ? form : new URLSearchParams(form).toString()],
  })

/** The credential of a caller. */
export const bearer = (credential: SecretString) => ({ authorization: `Bearer ${credential.reveal()}` })

/** Asks a verifier at that address, as a caller with that secret. */
export const client = (baseUrl: string, credential: SecretString | null) => {
  const authorization: Record<string, string> = credential === null ? {} : bearer(credential)
  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    send(`${baseUrl}/api/v1/verify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization, ...headers },
      body: [body],
    })
  return {
    post,
    /** The parsed answer of a verification that must succeed as a request. */
    async verify(token: SecretString | string, more: object = {}): Promise<Record<string, unknown>> {
      const answered = await post(
        JSON.stringify({ token: typeof token === 'string' ? token : token.reveal(), ...more }),
      )
      if (answered.status !== 200) throw new Error(`${answered.status} ${answered.text}`)
      return JSON.parse(answered.text)
    },
    me: (headers: Record<string, string> = {}) =>
      send(`${baseUrl}/api/v1/me`, { headers: { ...authorization, ...headers } }),
  }
}
