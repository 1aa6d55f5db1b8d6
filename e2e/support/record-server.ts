import { subscribe } from 'node:diagnostics_channel'
import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { noteExchange } from '#e2e/support/traffic'

// Preloaded into the servers under test: notes each request and its answer as it leaves, whoever asked. At the source
// nothing is missed: redirects, answers that a page threw away, requests of the tests' own.

const keptFiles = new Set<string>()

/** Files of the build are the same for everybody: one copy of each is enough. */
function isKnownFile(url: string): boolean {
  if (!url.startsWith('/_next/static/')) return false
  const isKnown = keptFiles.has(url)
  keptFiles.add(url)
  return isKnown
}

subscribe('http.server.request.start', (message) => {
  const { request, response } = Object(message)
  if (request instanceof IncomingMessage && response instanceof ServerResponse) record(request, response)
})

function record(request: IncomingMessage, response: ServerResponse): void {
  // What answers may change both.
  const { method = '', url = '', rawHeaders } = request
  if (isKnownFile(url)) return
  const [sent, got]: [Buffer[], Buffer[]] = [[], []]
  let given: OutgoingHttpHeaders = {}
  let isNoted = false
  const note = () => {
    if (isNoted) return
    isNoted = true
    noteExchange({
      server: process.env['E2E_SERVER'] ?? '',
      method,
      url,
      requestHeaders: rawHeaders,
      requestBody: Buffer.concat(got).toString(),
      status: response.statusCode,
      headers: { ...response.getHeaders(), ...given },
      body: Buffer.concat(sent).toString('base64'),
    })
  }
  tap(request, 'push', (chunk) => keep(got, chunk))
  tap(response, 'writeHead', (...args) => {
    const last = args.at(-1)
    if (typeof last === 'object' && last !== null) given = Object.fromEntries(Object.entries(last))
  })
  tap(response, 'write', (chunk, encoding) => keep(sent, chunk, encoding))
  tap(response, 'end', (chunk, encoding) => {
    keep(sent, chunk, encoding)
    note()
  })
  response.once('close', note)
}

/** Lets `before` see the arguments of each call of a method. */
function tap<Name extends string>(
  target: { [name in Name]: (...args: never) => unknown },
  name: Name,
  before: (...args: unknown[]) => void,
): void {
  const original = target[name]
  Object.assign(target, {
    [name](this: unknown, ...args: never) {
      before(...(args as unknown[]))
      return Reflect.apply(original, this, args)
    },
  })
}

function keep(chunks: Buffer[], chunk: unknown, encoding?: unknown): void {
  if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, isEncoding(encoding) ? encoding : 'utf8'))
  else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
}

const isEncoding = (value: unknown): value is BufferEncoding => typeof value === 'string' && Buffer.isEncoding(value)
