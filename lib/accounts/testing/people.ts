import { createUser } from '#lib/accounts/create-user'
import { failureKeys, networkOf } from '#lib/accounts/failure-keys'
import { hashPassword } from '#lib/accounts/password'
import { resumeSession } from '#lib/accounts/session'
import { signIn } from '#lib/accounts/sign-in'
import { testWorld } from '#lib/testing/world'

export const PASSWORD = 'correct horse battery'
export const HOME = '192.0.2.9'

let hashed: Promise<string> | undefined

/** A world with people who sign in with PASSWORD; each try may come from another address. */
export async function peopleWorld(options: { readonly connections?: number } = {}) {
  const world = await testWorld(options)
  const { db, sql, clock, alder } = world
  const system = { ip: null, userAgent: null }

  /** A new member of Alder with an address and PASSWORD. */
  const register = async (email: string) => {
    hashed ??= hashPassword(PASSWORD)
    const passwordHash = await hashed
    const user = { email, name: email, passwordHash, organization: alder, role: 'member' as const, now: clock() }
    return db.transaction((tx) => createUser(tx, { ...user, ...system }))
  }
  const attempt = (email: string, password: string, ip: string | null = HOME) =>
    signIn({ db, clock, ip, userAgent: 'test' }, { email, password })

  /** A signed-in person's context, as each of their requests gets it; null where the session has ended. */
  const resume = async (sessionId: string) => {
    const session = await resumeSession({ db, clock }, sessionId)
    if (session === null) return null
    const { userId, email, confirmedAt } = session
    const actor = { userId, email, confirmedAt, memberships: [], ip: HOME, userAgent: 'test' }
    return { ...world.context(actor), sessionId }
  }
  const enter = async (email: string, password = PASSWORD) => {
    const ctx = await resume((await attempt(email, password))?.sessionId ?? '')
    if (ctx === null) throw new Error(`${email} could not sign in`)
    return ctx
  }

  /** Makes so many failures stand in a count. */
  const fill = async (
    scope: 'account' | 'network' | 'all',
    count: number,
    of: { email?: string; ip?: string } = {},
  ) => {
    const key = failureKeys(of.email ?? '', networkOf(of.ip ?? HOME))[scope]
    const endsAt = new Date(clock().getTime() + 15 * 60_000)
    await sql`insert into password_failures (key, count, ends_at) values (${key}, ${count}, ${endsAt})
      on conflict (key) do update set count = excluded.count, ends_at = excluded.ends_at`
  }
  const counts = async (email: string, ip = HOME) => {
    const keys = failureKeys(email, networkOf(ip))
    const of = async (key: Uint8Array) =>
      Number((await sql`select count from password_failures where key = ${key}`)[0]?.['count'] ?? 0)
    return { account: await of(keys.account), network: await of(keys.network), all: await of(keys.all) }
  }
  /** What the trail holds about accounts, oldest first. */
  const trail = async (...actions: string[]) =>
    (
      await sql`select action, target_name, actor_name, ip from audit_events where action = any(${actions}) order by id`
    ).map((row) => ({ ...row }))
  return { ...world, register, attempt, resume, enter, fill, counts, trail }
}
