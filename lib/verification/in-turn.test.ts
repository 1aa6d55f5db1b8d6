import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { bearer, client, serveVerifier } from '#lib/verification/testing/http'
import { heardOf } from '#lib/verification/testing/opened'
import { openWorld } from '#lib/verification/testing/world'

test('an answer that stands behind another on its connection is judged when it is its turn', async () => {
  const { url, sql, ready, organizations } = await openWorld()
  const gateway = await ready({ organizationId: organizations.platform }, { scopes: ['tokens:verify'] })
  const [slow, revoked] = [
    await ready({ organizationId: organizations.alder }),
    await ready({ organizationId: organizations.alder }),
  ]
  const baseUrl = await serveVerifier(url)
  expect(await client(baseUrl, gateway.secret).verify(revoked.secret)).toMatchObject({ active: true })

  const { authorization } = bearer(gateway.secret)
  const asking = ({ secret }: typeof slow) => {
    const body = JSON.stringify({ token: secret.reveal() })
    const head = `POST /api/v1/verify HTTP/1.1\r\nHost: v\r\nAuthorization: ${authorization}\r\nContent-Type: application/json`
    return `${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  }
  const socket = connect(Number(new URL(baseUrl).port), '127.0.0.1').setEncoding('utf8')
  onTestFinished(() => void socket.destroy())
  let told = ''
  socket.on('data', (chunk) => {
    told += chunk
  })
  await sql.begin(async (tx) => {
    await tx`lock table scopes in access exclusive mode`
    socket.write(asking(slow) + asking(revoked))
    const reads = () => sql`select from pg_locks where relation = 'scopes'::regclass and not granted`
    await expect.poll(reads, { interval: 5 }).toHaveLength(1)
    await sql`update tokens set revoked_at = now() where id = ${revoked.id}`
    await heardOf(sql)
    expect(told).toBe('')
  })
  await expect.poll(() => told.match(/\{"active":(?:true|false)/g)).toEqual(['{"active":true', '{"active":false'])
})
