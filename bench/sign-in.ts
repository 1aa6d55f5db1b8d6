import { randomBytes } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import postgres from 'postgres'
import { z } from 'zod'
import { startDesk } from '#bench/desk'
import { median, ms, quantile } from '#bench/statistics'
import { openDatabase } from '#db/client'
import { findUserByEmailKey } from '#db/queries/users'
import { createUser } from '#lib/accounts/create-user'
import { hashPassword } from '#lib/accounts/password'
import type { Role } from '#lib/authorization'
import { loadOrganization } from '#lib/organizations/load'
import { revealToken } from '#lib/tokens/reveal'

// What 100 simultaneous sign-ins do to verification: the real server as built, on a PostgreSQL of its own; verify asked
// at a steady rate, idle and while sign-ins are under way, in turn, several times. `node bench/sign-in.ts` after a build.

const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const IDLE_MS = 6_000
const BURSTS = 4
const AT_ONCE = 100
const PER_SECOND = 200
const PASSWORD = 'a password for the benchmark'

type Sample = { readonly due: number; readonly took: number; readonly ok: boolean }
type Burst = { readonly begun: number; readonly ended: number; readonly statuses: readonly string[] }

await using resources = new AsyncDisposableStack()

/** A desk with the sample data, 100 people of Alder, and what verify needs: a verifier's secret and a token's. */
async function prepare() {
  const { url, databaseUrl } = await startDesk(resources)
  const db = openDatabase(databaseUrl, { connections: 1 })
  const sql = postgres(databaseUrl, { max: 1 })
  const [platform, alder] = await Promise.all(
    ['platform', 'alder'].map(async (slug) => {
      const [row] = await sql`select id from organizations where slug = ${slug}`
      const organization = await loadOrganization(db, String(row?.['id']))
      if (organization === null) throw new Error(`the sample data have no ${slug}`)
      return organization
    }),
  )
  if (platform === undefined || alder === undefined) throw new Error('the sample data are missing')
  const reveal = async (email: string, name: string, organizationId: string, role: Role) => {
    const user = await findUserByEmailKey(db, email)
    const [token] = await sql`select id from tokens where name = ${name} and organization_id = ${organizationId}`
    if (user === null) throw new Error(`the sample data have no ${email}`)
    const memberships = [{ organizationId, role }]
    const actor = { userId: user.id, email, memberships, ip: null, userAgent: null, confirmedAt: null }
    const key = randomBytes(16).toString('base64url')
    const opened = await revealToken(
      { db, actor, clock: () => new Date(), prefix: 'tok' },
      { tokenId: String(token?.['id']), key },
    )
    return opened.secret.reveal()
  }
  const credential = await reveal('admin@demo.example', 'Gateway', platform.id, 'admin')
  const token = await reveal('owner@demo.example', 'Default', alder.id, 'admin')

  const passwordHash = await hashPassword(PASSWORD)
  const emails = Array.from({ length: AT_ONCE }, (_, n) => `person-${n}@bench.example`)
  const person = { passwordHash, organization: alder, role: 'member' as const, ip: null, userAgent: null }
  await db.transaction(async (tx) => {
    for (const email of emails) await createUser(tx, { ...person, email, name: email, now: new Date() })
  })
  await sql.end()
  await db.close()
  return { url, credential, body: JSON.stringify({ token }), emails }
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

function send(url: string, options: { method?: string; headers?: Record<string, string>; body?: string }) {
  return new Promise<{ response: IncomingMessage; text: string }>((resolve, reject) => {
    const asking = request(
      url,
      { method: options.method ?? 'GET', agent, headers: options.headers ?? {} },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve({ response, text: Buffer.concat(chunks).toString() }))
      },
    )
    asking.on('error', reject)
    asking.end(options.body)
  })
}

/** A sign-in through next-auth's own door, all but the last request done beforehand. */
async function readySignIn(url: string, email: string) {
  const { response, text } = await send(`${url}/api/auth/csrf`, {})
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(JSON.parse(text))
  const body = new URLSearchParams({ csrfToken, email, password: PASSWORD }).toString()
  const cookie = (response.headers['set-cookie'] ?? []).map((each) => each.split(';', 1)[0]).join('; ')
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
  return async () => {
    const answered = await send(`${url}/api/auth/callback/credentials`, { method: 'POST', headers, body })
    const signedIn = String(answered.response.headers['set-cookie']).includes('session-token')
    return signedIn ? 'signed in' : String(answered.response.statusCode)
  }
}

async function burst(signIns: readonly (() => Promise<string>)[]): Promise<Burst> {
  const begun = performance.timeOrigin + performance.now()
  const statuses = await Promise.all(signIns.map((signIn) => signIn()))
  return { begun, ended: performance.timeOrigin + performance.now(), statuses }
}

const { url, credential, body, emails } = await prepare()
const signIns: (() => Promise<string>)[] = []
for (const email of emails) signIns.push(await readySignIn(url, email))
// What the first of its kind pays for is not what is asked here.
await burst(signIns)
await pause(1_000)

const samples: Sample[] = []
const asker = new Worker(new URL('./steady-verify.ts', import.meta.url), {
  workerData: { url, credential, body, perSecond: PER_SECOND },
})
asker.on('message', (sample: Sample) => samples.push(sample))
resources.defer(async () => void (await asker.terminate()))
await pause(3_000)

const rounds: { idle: number; busy: number }[] = []
const outcomes = new Map<string, number>()
for (let round = 1; round <= ROUNDS; round++) {
  const begun = performance.timeOrigin + performance.now()
  await pause(IDLE_MS)
  const idleEnded = performance.timeOrigin + performance.now()
  const bursts: Burst[] = []
  for (let n = 0; n < BURSTS; n++) {
    bursts.push(await burst(signIns))
    await pause(500)
  }
  const within = (from: number, to: number) => samples.filter(({ due }) => due >= from && due < to)
  const idle = within(begun, idleEnded)
  const busy = bursts.flatMap(({ begun, ended }) => within(begun, ended))
  for (const status of bursts.flatMap(({ statuses }) => statuses)) outcomes.set(status, (outcomes.get(status) ?? 0) + 1)
  const took = (of: readonly Sample[]) => of.map(({ took }) => took)
  const [idleP99, busyP99] = [quantile(took(idle), 0.99), quantile(took(busy), 0.99)]
  rounds.push({ idle: idleP99, busy: busyP99 })
  console.log(
    `round ${round}: idle p50 ${ms(median(took(idle)))} p99 ${ms(idleP99)} (${idle.length}); ` +
      `under sign-ins p50 ${ms(median(took(busy)))} p99 ${ms(busyP99)} max ${ms(Math.max(...took(busy)))} (${busy.length}); ` +
      `a burst took ${ms(median(bursts.map(({ begun, ended }) => ended - begun)))}`,
  )
}
const idle = median(rounds.map((round) => round.idle))
const busy = median(rounds.map((round) => round.busy))
console.log(`sign-ins: ${[...outcomes].map(([status, count]) => `${count} ${status}`).join(', ')}`)
console.log(`verify p99, median of ${ROUNDS} rounds: idle ${ms(idle)}, under 100 simultaneous sign-ins ${ms(busy)}`)
console.log(
  `ratio ${(busy / idle).toFixed(2)}; refused or failed verifications: ${samples.filter(({ ok }) => !ok).length}`,
)
