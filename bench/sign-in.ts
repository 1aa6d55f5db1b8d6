import { randomBytes } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import postgres from 'postgres'
import { z } from 'zod'
import { startDesk, startVerifier } from '#bench/desk'
import { median, ms, quantile } from '#bench/statistics'
import { openDatabase } from '#db/client'
import { findUserByEmailKey } from '#db/queries/users'
import { actionsOfBuild } from '#e2e/support/routes'
import { createUser } from '#lib/accounts/create-user'
import { hashPassword } from '#lib/accounts/password'
import type { Role } from '#lib/authorization'
import { loadOrganization } from '#lib/organizations/load'
import { revealToken } from '#lib/tokens/reveal'

// What 100 simultaneous sign-ins do to verification: the real server as built, on a PostgreSQL of its own; verify asked
// at a steady rate, of the verifier alone and of the one in the desk's process, idle and while sign-ins are under way, in
// turn, several times. `node bench/sign-in.ts` after a build.

const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const IDLE_MS = 6_000
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
      { db, actor, clock: () => new Date(), prefix: 'tok', sealKeys: [] },
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
  return { url, databaseUrl, credential, body: JSON.stringify({ token }), emails }
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

type SignIn = () => Promise<string>

/** A sign-in as the page's form sends it: of these 100 wait for their turn, so that everybody gets in. */
async function throughForm(url: string, email: string, id: string): Promise<SignIn> {
  const headers = {
    accept: 'text/x-component',
    'next-action': id,
    'content-type': 'text/plain;charset=UTF-8',
    origin: url,
  }
  const body = JSON.stringify([{ email, password: PASSWORD, next: '/' }])
  return async () => outcome(await send(`${url}/sign-in`, { method: 'POST', headers, body }))
}

/** A sign-in through next-auth's own door, all but the last request done beforehand: of these 20 wait. */
async function throughCallback(url: string, email: string): Promise<SignIn> {
  const { response, text } = await send(`${url}/api/auth/csrf`, {})
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(JSON.parse(text))
  const body = new URLSearchParams({ csrfToken, email, password: PASSWORD }).toString()
  const cookie = (response.headers['set-cookie'] ?? []).map((each) => each.split(';', 1)[0]).join('; ')
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
  return async () => outcome(await send(`${url}/api/auth/callback/credentials`, { method: 'POST', headers, body }))
}

const outcome = ({ response }: { response: IncomingMessage }) =>
  String(response.headers['set-cookie']).includes('session-token') ? 'signed in' : String(response.statusCode)

async function burst(signIns: readonly (() => Promise<string>)[]): Promise<Burst> {
  const begun = performance.timeOrigin + performance.now()
  const statuses = await Promise.all(signIns.map((signIn) => signIn()))
  return { begun, ended: performance.timeOrigin + performance.now(), statuses }
}

const { url, databaseUrl, credential, body, emails } = await prepare()
const signInAction = (await actionsOfBuild()).get('signIn')
if (signInAction === undefined) throw new Error('the build has no action that signs in')
const DOORS = [
  { name: 'form', bursts: 2, open: (email: string) => throughForm(url, email, signInAction) },
  { name: 'callback', bursts: 6, open: (email: string) => throughCallback(url, email) },
]
const doors: { name: string; bursts: number; signIns: SignIn[] }[] = []
for (const { name, bursts, open } of DOORS) {
  const signIns: SignIn[] = []
  for (const email of emails) signIns.push(await open(email))
  doors.push({ name, bursts, signIns })
  // What the first of its kind pays for is not what is asked here.
  await burst(signIns)
}
await pause(1_000)

const now = () => performance.timeOrigin + performance.now()
const tell = (name: string, took: readonly number[]) =>
  `${name}: p50 ${ms(median(took))} p99 ${ms(quantile(took, 0.99))} max ${ms(Math.max(...took))} (${took.length})`

/** Asks a verifier at a steady rate, idle and while people sign in at the desk, round by round. */
async function measure(mount: string, verifierUrl: string): Promise<void> {
  const samples: Sample[] = []
  const workerData = { url: verifierUrl, credential, body, perSecond: PER_SECOND }
  const asker = new Worker(new URL('./steady-verify.ts', import.meta.url), { workerData })
  asker.on('message', (sample: Sample) => samples.push(sample))
  await pause(3_000)
  const tookWithin = (from: number, to: number) =>
    samples.filter(({ due }) => due >= from && due < to).map(({ took }) => took)
  const idleP99s: number[] = []
  const results = doors.map((door) => ({ ...door, p99s: [] as number[], statuses: [] as string[] }))
  for (let round = 1; round <= ROUNDS; round++) {
    const begun = now()
    await pause(IDLE_MS)
    const idle = tookWithin(begun, now())
    idleP99s.push(quantile(idle, 0.99))
    console.log(tell(`${mount}, round ${round}, idle`, idle))
    for (const { name, signIns, bursts: count, p99s, statuses } of results) {
      const bursts: Burst[] = []
      for (let n = 0; n < count; n++) {
        bursts.push(await burst(signIns))
        await pause(500)
      }
      const busy = bursts.flatMap(({ begun, ended }) => tookWithin(begun, ended))
      p99s.push(quantile(busy, 0.99))
      statuses.push(...bursts.flatMap(({ statuses }) => statuses))
      const took = median(bursts.map(({ begun, ended }) => ended - begun))
      console.log(`${tell(`${mount}, round ${round}, ${name}`, busy)}, a burst took ${ms(took)}`)
    }
  }
  await asker.terminate()
  const idle = median(idleP99s)
  for (const { name, p99s, statuses } of results) {
    const signedIn = statuses.filter((status) => status === 'signed in').length
    console.log(
      `${mount}, 100 at once through the ${name} (${signedIn} of ${statuses.length} signed in): verify p99, median of ` +
        `${ROUNDS} rounds, ${ms(median(p99s))}, idle ${ms(idle)}: ${(median(p99s) / idle).toFixed(2)} times`,
    )
  }
  console.log(`${mount}, refused or failed verifications: ${samples.filter(({ ok }) => !ok).length}`)
}

await measure('verifier alone', await startVerifier(resources, databaseUrl))
await measure('verifier in the desk', url)
