import { onTestFinished } from 'vitest'
import { openVerificationDatabase } from '#db/verification-client'
import { openApiHome } from '#lib/api/home'
import { mountOn } from '#lib/api/mount'
import { OPERATIONS } from '#lib/api/operations'
import type { Context } from '#lib/context'
import type { SealKey } from '#lib/env/variables'
import { newRevealKey, type testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { revealToken } from '#lib/tokens/reveal'
import type { CreateTokenInput } from '#lib/tokens/schema'
import type { SecretString } from '#lib/tokens/secret'
import { openUsageRecorder } from '#lib/verification/usage-recorder'

type World = Awaited<ReturnType<typeof testWorld>>

export type Told = {
  readonly status: number
  readonly headers: Headers
  /** The body as JSON; null: none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as they like, and the schema of the answer has judged it.
  readonly json: any
}

export type Call = {
  readonly body?: unknown
  /** In place of a body as JSON. */
  readonly text?: string
  /** In place of the world's: a transaction to be undone. */
  readonly db?: Context['db']
  /** The `Idempotency-Key`. */
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** The HTTP API on a world: what routes mount, called with requests; what it answers must have the form it says. */
export function openApi(world: World, sealKeys: readonly SealKey[] = []) {
  const { url, db, clock } = world
  const ledger = openVerificationDatabase(url, { connections: 1, durable: false })
  const recorder = openUsageRecorder(ledger)
  const api = openApiHome(url, { db, clock, prefix: 'tok', prefixes: ['tok'], sealKeys, recorder })
  onTestFinished(async () => {
    await recorder.close()
    await Promise.all([api.close(), ledger.close()])
  })
  return {
    api,
    /** Calls as whoever has the secret; null: as nobody. */
    call: (secret: SecretString | null, method: string, url: string, call: Call = {}) =>
      send(api, secret, method, url, call),
    /** A token made and revealed by somebody who may, as they want it. */
    async token(by: Parameters<typeof createToken>[0], input: CreateTokenInput) {
      const { id } = await createToken(by, input)
      const { secret } = await revealToken(by, { tokenId: id, key: newRevealKey() })
      return { id, secret }
    },
  }
}

async function send(
  api: ReturnType<typeof openApiHome>,
  secret: SecretString | null,
  method: string,
  url: string,
  { body, text, key, db = api.db, headers = {} }: Call,
): Promise<Told> {
  const { pathname } = new URL(url, 'http://localhost')
  const at = OPERATIONS.map(({ path }) => ({ path, params: paramsOf(path, pathname) })).find(({ params }) => params)
  if (at === undefined) throw new Error(`no operation at ${pathname}`)
  const operations = OPERATIONS.filter(({ path }) => path === at.path)
  const handlers = mountOn(() => ({ ...api, db }), operations)
  const sent = text ?? (body === undefined ? null : JSON.stringify(body))
  const request = new Request(new URL(url, 'http://localhost'), {
    method,
    body: sent,
    headers: {
      'x-forwarded-for': '192.0.2.7',
      'user-agent': 'test',
      ...(secret === null ? {} : { authorization: `Bearer ${secret.reveal()}` }),
      ...(sent === null ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...headers,
    },
  })
  const handle = handlers[method as keyof typeof handlers]
  const answer = await handle(request, { params: Promise.resolve(at.params ?? {}) })
  const told = await answer.text()
  const json = told === '' ? null : JSON.parse(told)
  const operation = operations.find((each) => each.method === method)
  if (answer.ok) operation?.answers[answer.status]?.parse(json)
  if (answer.ok && operation?.answers[answer.status] === undefined) throw new Error(`${answer.status} is not announced`)
  return { status: answer.status, headers: answer.headers, json }
}

function paramsOf(template: string, pathname: string): Record<string, string> | null {
  const [wanted, given] = [template.split('/'), pathname.split('/')]
  if (wanted.length !== given.length) return null
  const pairs = wanted.map((part, index) => [part, decodeURIComponent(given[index] ?? '')] as const)
  if (pairs.some(([part, text]) => !part.startsWith('{') && part !== text)) return null
  return Object.fromEntries(
    pairs.filter(([part]) => part.startsWith('{')).map(([part, text]) => [part.slice(1, -1), text]),
  )
}
