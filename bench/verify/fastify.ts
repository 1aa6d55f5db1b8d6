import { readFileSync } from 'node:fs'
import fastify from 'fastify'
import { ready } from '#bench/verify/ready'
import { digestOf, parseSecret, secretString } from '#lib/tokens/secret'

// Fastify that checks the same two tokens against a Map: form and checksum, SHA-256, comparison. It keeps no uses and
// knows no tiers, scopes or organizations.

const digests = new Map<string, Buffer>()
for (const text of readFileSync(process.env['SECRETS'] ?? '', 'latin1').split('\n')) {
  const secret = secretString(text)
  const parsed = parseSecret(secret, ['tok'])
  if (parsed !== null) digests.set(parsed.id, Buffer.from(digestOf(secret)))
}

function idOf(text: string): string | null {
  const secret = secretString(text)
  const parsed = parseSecret(secret, ['tok'])
  if (parsed === null) return null
  return digests.get(parsed.id)?.equals(digestOf(secret)) === true ? parsed.id : null
}

const app = fastify({ logger: false })
app.post<{ Body: { token: string } }>('/api/v1/verify', async (request, reply) => {
  const { authorization = '' } = request.headers
  if (idOf(authorization.slice('Bearer '.length)) === null) return reply.code(401).send()
  const tokenId = idOf(request.body.token)
  return tokenId === null ? { active: false } : { active: true, tokenId }
})
await app.ready()
ready(app.server)
