import { globSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib'
import { z } from 'zod'
import { dumpRows, ROWS } from './dump-rows'
import { ofThisRun } from './run'
import { type Exchange, readExchanges, readSights, type Sight } from './traffic'

/** A text that a run left, and what of it is known. */
export type Place = {
  readonly part:
    | Sight['part']
    | 'request url'
    | 'request header'
    | 'request body'
    | 'answer header'
    | 'answer body'
    | 'log line'
    | 'rows'
  readonly where: string
  readonly text: string
  /** Of a request and its answer. */
  readonly asked?: Asked
}

type Asked = {
  readonly path: string
  /** The name of the server action. */
  readonly action: string | undefined
  readonly requestBody: string
  readonly status: number
}

const ROOT = resolve(import.meta.dirname, '../..')
const Manifest = z.object({ node: z.record(z.string(), z.object({ exportedName: z.string() })) })

/** Everything that the run left, to be searched: exchanges, browsers, logs, and the rows of its databases. */
export async function gather(): Promise<Place[]> {
  await dumpRows(ofThisRun('E2E_DATABASE_URL'), 'desk')
  const manifest = readFileSync(join(ROOT, '.next/server/server-reference-manifest.json'), 'utf8')
  const actions = Manifest.parse(JSON.parse(manifest)).node
  return [
    ...readExchanges().flatMap((exchange) => ofExchange(exchange, (id) => actions[id]?.exportedName ?? 'unknown')),
    ...readSights(),
    ...[...globSync(join(ROOT, 'test-results/*.log')), ofThisRun('E2E_DATABASE_LOG')].flatMap(linesOf),
    ...globSync(join(ROWS, '*/*')).map(
      (path): Place => ({ part: 'rows', where: relative(ROWS, path), text: readFileSync(path, 'utf8') }),
    ),
  ]
}

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((text): Place => ({ part: 'log line', where: basename(path), text }))

function ofExchange(exchange: Exchange, actionOf: (id: string) => string): Place[] {
  const { server, method, url, requestHeaders, requestBody, status } = exchange
  const named = requestHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), requestHeaders[index + 1] ?? ''] as const] : [],
  )
  const id = named.find(([name]) => name === 'next-action')?.[1]
  const action = id === undefined ? undefined : actionOf(id)
  const [path = ''] = url.split('?')
  const asked = { path, action, requestBody, status }
  const where = `${server}: ${method} ${path}${action === undefined ? '' : ` (${action})`}`
  const place = (part: Place['part']) => (text: string) => ({ part, where, text, asked })
  const headers = Object.entries(exchange.headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const)
  const body = decode(exchange, Object.fromEntries(headers)['content-encoding'])
  const payload = payloadOf(body)
  return [
    place('request url')(url),
    ...named.map(([name, value]) => place('request header')(`${name}: ${value}`)),
    place('request body')(requestBody),
    ...headers.map(([name, value]) => place('answer header')(`${name}: ${value}`)),
    place('answer body')(body),
    ...(payload === '' ? [] : [place('answer body')(payload)]),
  ]
}

function decode({ body }: Exchange, encoding: string | undefined): string {
  const bytes = Buffer.from(body, 'base64')
  // An answer can have been broken off.
  const finishFlush = constants.Z_SYNC_FLUSH
  if (bytes.length === 0 || encoding === undefined || encoding === 'identity') return bytes.toString()
  if (encoding === 'gzip') return gunzipSync(bytes, { finishFlush }).toString()
  if (encoding === 'deflate') return inflateSync(bytes, { finishFlush }).toString()
  if (encoding === 'br')
    return brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH }).toString()
  throw new Error(`an answer came in ${encoding}`)
}

/** The payload that a page carries for its script, put together again: it is cut anywhere. */
const payloadOf = (html: string) =>
  [...html.matchAll(/self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)/g)]
    .map(([, piece = '""']) => JSON.parse(piece))
    .join('')
