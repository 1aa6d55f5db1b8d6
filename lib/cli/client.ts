import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { type Credentials, findCredentials } from '#lib/cli/credentials'
import { EXIT, exitCodeOf, Refusal } from '#lib/cli/exit-codes'

const ProblemDocument = z.object({
  code: z.string(),
  detail: z.string(),
  fields: z.record(z.string(), z.string()).default({}),
})

export type Query = Readonly<Record<string, string | number | undefined>>

type Asked = { readonly query?: Query; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }

const TRIES = 3
const LONGEST_WAIT_S = 10

/**
 * Speaks to Tokenry by its published HTTP API alone. What was asked for nothing, for want of a connection or of patience
 * on the other side, is asked again twice where that cannot do a thing twice.
 */
export function openClient({ url, token }: Credentials) {
  async function ask(method: string, path: string, { query = {}, body, headers = {} }: Asked = {}): Promise<Response> {
    const target = new URL(`${url.replace(/\/$/, '')}${path}`)
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) target.searchParams.set(name, `${value}`)
    const repeatable = method === 'GET' || headers['idempotency-key'] !== undefined
    const request: RequestInit = {
      method,
      redirect: 'error',
      headers: {
        authorization: `Bearer ${token}`,
        'user-agent': 'tokenry-cli',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    for (let tries = 1; ; tries++) {
      const { answer, refusal, againAfter } = await attempt(target, request)
      if (answer !== undefined) return answer
      if (!repeatable || againAfter === null || againAfter > LONGEST_WAIT_S || tries === TRIES) throw refusal
      await pause(againAfter * 1_000)
    }
  }

  return {
    ask,
    /** The same where JSON of that form is the answer. @throws Refusal where it is not */
    async read<Schema extends z.ZodType>(schema: Schema, ...asked: Parameters<typeof ask>): Promise<z.output<Schema>> {
      const answer = await ask(...asked)
      const parsed = schema.safeParse(await answer.json().catch(() => null))
      if (parsed.success) return parsed.data
      throw new Refusal(EXIT.failed, `${new URL(url).host} answered something else than Tokenry would.`)
    },
  }
}

export type Client = ReturnType<typeof openClient>

/** A client with the credentials that are known. @throws Refusal */
export const knownClient = async () => openClient(await findCredentials())

/** `againAfter`: in so many seconds it may be asked again; null: that would change nothing. */
type Attempt =
  | { readonly answer: Response; readonly refusal?: never; readonly againAfter?: never }
  | { readonly answer?: never; readonly refusal: Refusal; readonly againAfter: number | null }

async function attempt(target: URL, request: RequestInit): Promise<Attempt> {
  const answer = await fetch(target, request).catch(() => null)
  if (answer === null)
    return { refusal: new Refusal(EXIT.unavailable, `${target.host} cannot be reached.`), againAfter: 1 }
  if (answer.ok) return { answer }
  const { status } = answer
  const parsed = ProblemDocument.safeParse(await answer.json().catch(() => null))
  if (!parsed.success)
    return { refusal: new Refusal(exitCodeOf(status), `The server answered ${status}.`), againAfter: null }
  const { code, detail, fields } = parsed.data
  const lines = Object.entries(fields).map(([field, message]) => `  ${field}: ${message}`)
  // Of these the first request is still being answered, whose answer was lost.
  const isLater = status === 503 || status === 429 || code === 'idempotency_in_progress'
  const refusal = new Refusal(exitCodeOf(status), [detail, ...lines].join('\n'))
  return { refusal, againAfter: isLater ? Number(answer.headers.get('retry-after') ?? 1) : null }
}

/** All of them, or the first `atMost`, as one list. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Every item of a list, page after page, or the first `atMost` of them. */
export async function* listAll<Item extends z.ZodType>(
  client: Client,
  item: Item,
  path: string,
  { query, atMost, pageSize }: { readonly query: Query; readonly atMost: number; readonly pageSize: number },
): AsyncGenerator<z.output<Item>> {
  const Page = z.object({ data: z.array(item), nextCursor: z.string().nullable() })
  let cursor: string | undefined
  for (let left = atMost; left > 0; ) {
    const page = await client.read(Page, 'GET', path, { query: { ...query, limit: Math.min(left, pageSize), cursor } })
    yield* page.data
    left -= page.data.length
    if (page.nextCursor === null) return
    cursor = page.nextCursor
  }
}
