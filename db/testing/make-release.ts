import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

// Makes the fixture that upgrades from a release are tried on, by really running that release. For each release once:
//
//   git worktree add --detach /tmp/release <its commit> && (cd /tmp/release && npm install)
//   createdb release
//   DATABASE_URL=postgres://…/release node db/testing/make-release.ts /tmp/release 0.1.0
//
// It needs pg_dump, of the same version as that server or a later one. The two secrets that it writes down are good for
// nothing but tests: no database but theirs has ever known them.

const [folder = '', release = ''] = process.argv.slice(2)
const url = process.env['DATABASE_URL'] ?? ''
/** The release's own module, by its path there. */
const its = (path: string) => import(pathToFileURL(join(resolve(folder), path)).href)

const { migrate } = await its('db/migrate.ts')
const { openDatabase } = await its('db/client.ts')
const { seedDemo } = await its('lib/demo/seed.ts')
const { signIn } = await its('lib/accounts/sign-in.ts')
const { createToken } = await its('lib/tokens/create.ts')
const { revealToken } = await its('lib/tokens/reveal.ts')
const { finishReveal } = await its('lib/tokens/finish-reveal.ts')

await migrate(url)
await seedDemo({ url, password: 'tokenry-demo' })
const db = openDatabase(url, { connections: 1 })
const { $client: sql } = db
const now = new Date()
const from = { ip: '192.0.2.61', userAgent: 'Firefox' }

/** The admin of the organization with that slug, as one of its members acts. */
async function admin(slug: string) {
  const [person] = await sql`
    select u.id, u.email, m.organization_id as place from memberships m join users u on u.id = m.user_id
      join organizations o on o.id = m.organization_id where o.slug = ${slug} and m.role = 'admin'`
  const memberships = [{ organizationId: person.place, role: 'admin' }]
  const actor = { userId: person.id, email: person.email, memberships, confirmedAt: null, ...from }
  return { organizationId: person.place, ctx: { db, actor, clock: () => now, prefix: 'tok' } }
}

const revealKey = randomBytes(16).toString('base64url')

const owner = await admin('alder')
const expiration = { kind: 'preset', days: 365 }
const known = await createToken(owner.ctx, { organizationId: owner.organizationId, name: 'Known', expiration })
const revealed = await revealToken(owner.ctx, { tokenId: known.id, key: randomBytes(16).toString('base64url') })
await finishReveal(owner.ctx, { tokenId: known.id })

// Not finished: whoever lost the answer may ask again, with the same key, after the upgrade too.
const platform = await admin('platform')
const [gateway] = await sql`select id from tokens where kind = 'service'`
const open = await revealToken(platform.ctx, { tokenId: gateway.id, key: revealKey })

const signedIn = await signIn(
  { db, clock: () => now, ...from },
  { email: 'owner@demo.example', password: 'tokenry-demo' },
)
await db.close()

const facts = {
  release,
  madeAt: now.toISOString(),
  revealKey,
  sessionId: signedIn.sessionId,
  secrets: { Gateway: open.secret.reveal(), Known: revealed.secret.reveal() },
}
const dump = execFileSync('pg_dump', ['--inserts', '--rows-per-insert=100', '--no-owner', '--no-privileges', url])
// Lines for psql alone, which no server understands.
const text = dump.toString().replaceAll(/^\\.*\n/gm, '')
writeFileSync(join(import.meta.dirname, `releases/${release}.sql`), `-- ${JSON.stringify(facts)}\n${text}`)
