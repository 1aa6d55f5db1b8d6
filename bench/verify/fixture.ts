import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import postgres, { type Sql } from 'postgres'
import { migrate } from '#db/migrate'
import { deriveSecret, digestOf, newSalt, type SecretString, tailOf } from '#lib/tokens/secret'

const BATCH = 10_000

/**
 * Migrates an empty database and fills it with a customer of so many good tokens, and a gateway's own above that may
 * verify them. Gives the gateway's secret and the others, in the order in which they were made; `secretsFile` gets all
 * of them, the gateway's first, one a line.
 */
export async function makeFixture(
  databaseUrl: string,
  { tokens, secretsFile }: { readonly tokens: number; readonly secretsFile: string },
): Promise<{ gateway: string; secrets: string[] }> {
  await migrate(databaseUrl)
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  try {
    const { platform, customer } = await makeOrganizations(sql)
    const [gateway = ''] = await makeTokens(sql, platform, ['tokens:verify'], 0, 1)
    const secrets: string[] = []
    for (let first = 1; first <= tokens; first += BATCH) {
      const count = Math.min(BATCH, tokens - first + 1)
      secrets.push(...(await makeTokens(sql, customer, ['data:read', 'reports:read'], first, count)))
    }
    await sql`vacuum analyze`
    await writeFile(secretsFile, [gateway, ...secrets].join('\n'), { mode: 0o600 })
    return { gateway, secrets }
  } finally {
    await sql.end()
  }
}

async function makeOrganizations(sql: Sql): Promise<{ platform: string; customer: string }> {
  const add = async (kind: string, slug: string, parent: string | null) => {
    const [row] = await sql<{ id: string }[]>`
      insert into organizations (kind, parent_id, slug, name, tier_id)
      values (${kind}, ${parent}, ${slug}, ${slug}, ${parent === null ? null : sql`(select id from tiers where name = 'Advanced')`})
      returning id`
    if (row === undefined) throw new Error(`no organization ${slug}`)
    return row.id
  }
  const platform = await add('platform', 'platform', null)
  const reseller = await add('reseller', 'northwind', platform)
  return { platform, customer: await add('customer', 'bench', reseller) }
}

/** Makes so many revealed tokens of an organization, numbered from `first` on, and gives their secrets. */
export async function makeTokens(
  sql: Sql,
  organizationId: string,
  scopes: string[],
  first: number,
  count: number,
): Promise<string[]> {
  const made = Array.from({ length: count }, (_, index) => {
    const id = String(first + index).padStart(16, 'T')
    const key = randomBytes(16).toString('base64url')
    return { id, secret: deriveSecret({ prefix: 'tok', kind: 'organization', id, key, salt: newSalt() }) }
  })
  const ids = made.map(({ id }) => id)
  const of = (part: (secret: SecretString) => string) => made.map(({ secret }) => part(secret))
  await sql`
    insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at, revealed_at, expires_at)
    select id, 'organization', ${organizationId}, 'Token ' || id, 'token ' || lower(id), ${scopes}::text[],
      now(), now(), now(), now() + interval '90 days'
    from unnest(${ids}::text[]) made (id)`
  await sql`
    insert into token_secrets (token_id, state, prefix, digest, tail, minted_at, reveal_key_digest, reveal_until)
    select id, 'current', 'tok', decode(digest, 'hex'), tail, now(), sha256(id::bytea), now()
    from unnest(${ids}::text[], ${of((secret) => Buffer.from(digestOf(secret)).toString('hex'))}::text[],
      ${of(tailOf)}::text[]) made (id, digest, tail)`
  return of((secret) => secret.reveal())
}
