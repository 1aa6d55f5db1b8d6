import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { type Credentials, findCredentials } from '#lib/cli/credentials'
import { EXIT, exitCodeOf, Refusal } from '#lib/cli/exit-codes'

const ProblemDocument = z.object({
  detail: z.string(),
  fields: z.record(z.string(), z.string()).default({}),
})

export type Query = Readonly<Record<string, string | number | undefined>>

type Asked = { readonly query?: Query; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }

const TRIES = 3

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
    for (let tries = 1; ; tries++) {
      const answer = await send(target, {
        method,
        redirect: 'error',
        headers: {
          authorization: `Bearer ${token}`,
          'user-agent': 'tokenry-cli',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!(answer instanceof Refusal) && answer.ok) return answer
      const later = answer instanceof Refusal || answer.status === 503 || answer.status === 429
      if (!later || !repeatable || tries === TRIES) throw answer instanceof Refusal ? answer : await refusalOf(answer)
      const seconds = answer instanceof Refusal ? 1 : Number(answer.headers.get('retry-after') ?? 1)
      if (!(seconds <= 10)) throw answer instanceof Refusal ? answer : await refusalOf(answer)
      await pause(seconds * 1_000)
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

async function send(target: URL, init: RequestInit): Promise<Response | Refusal> {
  try {
    return await fetch(target, init)
  } catch {
    return new Refusal(EXIT.unavailable, `${target.host} cannot be reached.`)
  }
}

async function refusalOf(answer: Response): Promise<Refusal> {
  const parsed = ProblemDocument.safeParse(await answer.json().catch(() => null))
  if (!parsed.success) return new Refusal(exitCodeOf(answer.status), `The server answered ${answer.status}.`)
  const { detail, fields } = parsed.data
  const lines = Object.entries(fields).map(([field, message]) => `  ${field}: ${message}`)
  return new Refusal(exitCodeOf(answer.status), [detail, ...lines].join('\n'))
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
