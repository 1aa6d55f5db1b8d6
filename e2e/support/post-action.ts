import type postgres from 'postgres'
import { z } from 'zod'

/** How an action answered: the status, and the result in it; null where the answer holds none. */
export type Answered = {
  readonly status: number
  readonly text: string
  readonly result: z.output<typeof Result> | null
}

const Result = z.union([
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string(), fields: z.record(z.string(), z.string()) }),
])

/** Posts an action by its id as a page of ours does, but with any headers (null: left out) and any body. */
export async function postAction(
  url: string,
  to: { readonly id: string; readonly page: string; readonly cookie: string },
  body: string | Uint8Array<ArrayBuffer> | FormData,
  headers: Readonly<Record<string, string | null>> = {},
): Promise<Answered> {
  const all = {
    accept: 'text/x-component',
    // Packing thousands of answers is a tenth of what they take.
    'accept-encoding': 'identity',
    'next-action': to.id,
    'content-type': 'text/plain;charset=UTF-8',
    origin: url,
    cookie: to.cookie,
    ...headers,
  }
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null)
  const answer = await fetch(url + to.page, { method: 'POST', headers: sent, body, redirect: 'manual' })
  const text = await answer.text()
  const [, line] = /^\d+:(\{"ok":.*)$/m.exec(text) ?? []
  return { status: answer.status, text, result: line === undefined ? null : Result.parse(JSON.parse(line)) }
}

/** Signs in by next-auth's own door; the cookies of the session. */
export async function cookieOf(url: string, email: string, password: string): Promise<string> {
  const first = await fetch(`${url}/api/auth/csrf`)
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await first.json())
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesFrom(first) },
    body: new URLSearchParams({ csrfToken, email, password }),
  })
  const cookie = cookiesFrom(answer)
  if (!cookie.includes('session-token=')) throw new Error(`${email} could not sign in`)
  return cookie
}

const cookiesFrom = ({ headers }: Response) =>
  headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ')

/**
 * A digest of every row of every table, but for when sessions were last seen and which organization a person looked at
 * last, for the counts of failed passwords, for what verifiers tell of themselves every second, and for the sums of days
 * that are over, which come by themselves.
 */
export async function digestOfDatabase(sql: postgres.Sql): Promise<string> {
  const tables = await sql<{ name: string; columns: string[] }[]>`
    select table_name as name, array_agg(column_name::text order by ordinal_position) as columns
    from information_schema.tables join information_schema.columns using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE'
      and table_name not in ('password_failures', 'verifiers', 'usage_groups', 'usage_weeks')
      and column_name not in ('last_seen_at', 'last_organization_id', 'grouped')
    group by 1 order by 1`
  const digests: string[] = []
  for (const { name, columns } of tables) {
    // Where the rows are: 40,000 of them, read out and sorted, took longer than the requests between.
    const [{ digest } = { digest: '' }] = await sql<{ digest: string }[]>`
      select concat(count(*), ' ', sum(hash_record_extended(row(${sql(columns)}), 0))) as digest from ${sql(name)}`
    digests.push(`${name} ${digest}`)
  }
  return digests.join('\n')
}
