import { hash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { apiKey } from '@better-auth/api-key'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { Pool } from 'pg'
import { ready } from '#bench/verify/ready'

// better-auth's own check of a key behind node:http, limits off, on the same PostgreSQL. It judges the key of the body
// alone, one key where the verifier judges two: that favours it. `--prepare` makes its tables and keys first.

const database = new Pool({ connectionString: process.env['DATABASE_URL'], max: 10 })
const auth = betterAuth({
  database,
  secret: randomBytes(32).toString('hex'),
  baseURL: 'http://127.0.0.1',
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  plugins: [apiKey({ rateLimit: { enabled: false } })],
})

if (process.argv.includes('--prepare')) {
  await (await getMigrations(auth.options)).runMigrations()
  const keys = readFileSync(process.env['SECRETS'] ?? '', 'latin1').split('\n')
  await database.query(
    `insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
      values ('bench', 'bench', 'bench@bench.invalid', true, now(), now())`,
  )
  const digests = keys.map((key) => hash('sha256', key, 'base64url'))
  await database.query(
    `insert into apikey (id, "configId", "referenceId", key, enabled, "rateLimitEnabled", "requestCount", "createdAt", "updatedAt")
      select 'key' || n, 'default', 'bench', digest, true, false, 0, now(), now()
      from unnest($1::text[]) with ordinality made (digest, n)`,
    [digests],
  )
  await database.query('vacuum analyze apikey')
  await database.end()
} else {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const body: { token: string } = JSON.parse(Buffer.concat(chunks).toString('utf8'))
      const { valid, key } = await auth.api.verifyApiKey({ body: { key: body.token } })
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ active: valid, tokenId: key?.id }))
    })
  })
  ready(server)
}
