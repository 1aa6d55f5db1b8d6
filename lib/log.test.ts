import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createLog } from '#lib/log'
import { newRevealKey } from '#lib/testing/world'
import { deriveSecret, newSalt, newTokenId } from '#lib/tokens/secret'

function listened(level = 'info') {
  const lines: string[] = []
  return { lines, log: createLog(level, { write: (line) => lines.push(line) }) }
}

const newSecret = (kind: 'personal' | 'organization' | 'service') =>
  deriveSecret({ prefix: 'acme', kind, id: newTokenId(), key: newRevealKey(), salt: newSalt() })

/** Whoever logs it, in every way that one comes to think of. */
function logEverywhere(secret: string, name = 'value'): string {
  const { lines, log } = listened('debug')
  const error = Object.assign(new Error(`quotes ${secret}\n    at ${secret}`, { cause: new TypeError(secret) }), {
    [name]: secret,
  })
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    log[level]({ [name]: secret }, 'an object')
    log[level]({ deep: [{ deeper: { [name]: [secret] } }] }, 'a deep one')
    log[level](error, 'an error')
    log[level]({ err: error, error: { nested: error } }, 'errors within')
    log[level](new AggregateError([error], secret), 'errors together')
    log[level]({ reason: new Map([[name, secret]]), bytes: Buffer.from(secret) }, 'other things')
  }
  expect(lines).toHaveLength(24)
  return lines.join('')
}

test.each(['personal', 'organization', 'service'] as const)('no secret of a %s token gets into a line', (kind) => {
  for (let times = 0; times < 50; times++) {
    const secret = newSecret(kind).reveal()
    const { lines, log } = listened()
    log.info({ path: `/o/${secret}`, list: `${secret},${secret}` }, `somebody wrote ${secret}, twice: ${secret}`)
    const written = lines.join('') + logEverywhere(secret)
    expect(written).not.toContain(secret.slice(-49))
    // Which token it was may be known.
    expect(written).toContain(secret.slice(0, -49))
  }
})

test('so much of a token that the rest could be searched for gets into no line', () => {
  for (const kind of ['personal', 'organization', 'service'] as const) {
    const secret = newSecret(kind).reveal()
    const { lines, log } = listened()
    const [before, id] = [secret.slice(0, -49), secret.slice(-66, -49)]
    for (const missing of [1, 10, 29])
      log.info({ text: secret.slice(0, -missing), id: secret.slice(-66, -missing) }, 'x')
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ text: `${before}[hidden]`, id: `${id}[hidden]` })
    expect(lines).toHaveLength(3)
  }
})

test.each([
  'password',
  'newPassword',
  'cookie',
  'set-cookie',
  'Authorization',
  'authSecret',
  'DEMO_PASSWORD',
  'credentials',
  'METRICS_TOKEN',
])('what is named %s gets into no line, however deep it lies', (name) => {
  expect(logEverywhere('correct horse battery staple', name)).not.toContain('horse')
})

test('no key of a reveal and no set-up link gets into a line, under any name', () => {
  for (let times = 0; times < 200; times++) {
    const key = newRevealKey()
    const { lines, log } = listened()
    log.info(
      { any: key, list: [key], link: `http://localhost:3000/setup#${key}` },
      `Open http://here/setup#${key} (${key})`,
    )
    expect(lines.join('') + logEverywhere(key)).not.toContain(key)
  }
})

test('no session cookie and no Authorization header gets into a line, even within a sentence', () => {
  const session = randomBytes(48).toString('base64url')
  const { lines, log } = listened()
  for (const text of [
    `authjs.session-token=${session}; Path=/`,
    `a=b; __Secure-authjs.session-token.0=${session}`,
    `Authorization: Bearer ${session}`,
    `authorization: basic ${session}`,
  ])
    log.info({ text }, text)
  expect(lines.join('')).not.toContain(session)
})

test('a line says who, what and how it ended, and an error where it broke, without its message', () => {
  const { lines, log } = listened()
  log.info({ requestId: 'a', userId: 'b', action: 'createToken', outcome: 'organization_suspended' }, 'action')
  log.error({ error: Object.assign(new RangeError('quotes'), { code: '23505' }) }, 'failed')
  const [first, second] = lines.map((line) => JSON.parse(line))
  expect(first).toMatchObject({
    level: 'info',
    msg: 'action',
    action: 'createToken',
    outcome: 'organization_suspended',
    userId: 'b',
  })
  expect(Date.parse(first.time)).toBeGreaterThan(0)
  expect(second.error).toMatchObject({ name: 'RangeError', code: '23505' })
  expect(second.error.at.join()).toContain('lib/log.test.ts')
  expect(lines.join('')).not.toContain('quotes')
})

test('what is less urgent than the level is not written', () => {
  const { lines, log } = listened('warn')
  log.info({}, 'no')
  log.warn({}, 'yes')
  expect(lines).toHaveLength(1)
  const silent = listened('silent')
  silent.log.error({}, 'no')
  expect(silent.lines).toHaveLength(0)
})
