import { createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEnv } from '#lib/env'

const key = Buffer.alloc(32, 7)
const problems = (source: Record<string, string>) => {
  const parsed = parseEnv(source)
  return parsed.ok ? [] : parsed.problems
}
const value = (source: Record<string, string>) => {
  const parsed = parseEnv(source)
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  return parsed.env
}

test('nothing needs to be set, and an empty variable counts as unset', () => {
  const defaults = {
    port: 3000,
    verifierPort: 3001,
    tokenPrefixes: ['tok'],
    demoPassword: 'tokenry-demo',
    sealKeys: [],
  }
  expect(value({})).toMatchObject(defaults)
  expect(value({ PORT: '', DATABASE_URL: ' ', TOKEN_PREFIX: '', SEAL_KEYS: '', APP_URL: '' })).toEqual(value({}))
})

test('all problems are told at once, each by its variable', () => {
  const wrong = {
    PORT: '65536',
    APP_URL: 'https://tokens.example.com/desk',
    DATABASE_URL: 'mysql://localhost/x',
    SEAL_KEYS: 'k1:c2hvcnQ=',
    TOKEN_PREFIX: 'tok,9live',
    OIDC_ISSUER: 'https://login.example.com',
    SMTP_URL: 'http://mail.example.com',
    TRUSTED_PROXIES: '10.0.0.0/33',
    DEMO_PASSWORD: 'too short',
  }
  const told = problems(wrong).join('\n')
  for (const name of [...Object.keys(wrong), 'AUTH_SECRET', 'OIDC_CLIENT_ID', 'MAIL_FROM']) expect(told).toContain(name)
})

test('a database is one server', () => {
  for (const url of ['postgres://a.example,b.example/tokenry', 'postgres://u:p@a.example:5432,b.example/tokenry'])
    expect(problems({ DATABASE_URL: url, AUTH_SECRET: 'a secret for tests, of 32 characters or more' })).toHaveLength(1)
  const sockets = 'postgres://u:p@%2Ftmp%2Fsockets%2F,/tokenry'
  expect(
    value({ DATABASE_URL: sockets, AUTH_SECRET: 'a secret for tests, of 32 characters or more' }).databaseUrl,
  ).toBe(sockets)
})

test('no value is ever quoted', () => {
  const marked = fc.string().map((text) => `\u0000hunter2${text}`)
  const names = ['PORT', 'APP_URL', 'DATABASE_URL', 'SEAL_KEYS', 'TOKEN_PREFIX', 'OIDC_ISSUER', 'SMTP_URL', 'HOST']
  const sources = fc.record(Object.fromEntries(names.map((name) => [name, marked])))
  fc.assert(fc.property(sources, (source) => !problems(source).join('\n').includes('hunter2')))
})

test('with a database of one’s own AUTH_SECRET is required, of 32 characters at least', () => {
  const source = { DATABASE_URL: 'postgres://localhost/tokenry' }
  expect(problems(source)).toEqual([expect.stringContaining('AUTH_SECRET is required')])
  expect(problems({ ...source, AUTH_SECRET: 'x'.repeat(31) })).toEqual([expect.stringContaining('32 characters')])
  expect(problems({ ...source, AUTH_SECRET: 'x'.repeat(32) })).toEqual([])
})

test('keys and prefixes keep their order, newest first', () => {
  const encoded = key.toString('base64')
  const { sealKeys, tokenPrefixes } = value({ SEAL_KEYS: `new:${encoded}, old:${encoded}`, TOKEN_PREFIX: 'acme, tok' })
  expect(sealKeys.map(({ id }) => id)).toEqual(['new', 'old'])
  expect(sealKeys[0]?.key.equals(createSecretKey(key))).toBe(true)
  expect(tokenPrefixes).toEqual(['acme', 'tok'])
})

test.each([
  ['an id that comes twice', `a:${key.toString('base64')},a:${key.toString('base64')}`],
  ['31 bytes', `a:${Buffer.alloc(31).toString('base64')}`],
  ['33 bytes', `a:${Buffer.alloc(33).toString('base64')}`],
  ['no id', key.toString('base64')],
  ['only a comma', ','],
])('a seal key with %s is refused', (_, keys) => {
  expect(problems({ SEAL_KEYS: keys })).toEqual([expect.stringContaining('SEAL_KEYS')])
})

test('a printed environment shows no seal key', () => {
  const { sealKeys } = value({ SEAL_KEYS: `a:${key.toString('base64')}` })
  expect(JSON.stringify(sealKeys)).toBe('[{"id":"a","key":{}}]')
})

test('only who signs people in must hold the secret for that', () => {
  const source = { DATABASE_URL: 'postgres://localhost/x' }
  expect(parseEnv(source).ok).toBe(false)
  expect(parseEnv(source, { signsIn: false }).ok).toBe(true)
})

test('whoever sends mail says from whom, and where the links in it lead', () => {
  const source = { SMTP_URL: 'smtps://mail.example.com' }
  expect(problems(source)).toEqual([
    expect.stringContaining('MAIL_FROM is required'),
    expect.stringContaining('APP_URL is required'),
  ])
  expect(problems({ ...source, MAIL_FROM: 'desk@example.com', APP_URL: 'https://tokens.example.com' })).toEqual([])
})

test('what the provider asks for comes together, and the verifier need hold none of it', () => {
  const source = { OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'desk' }
  expect(problems(source)).toEqual([expect.stringMatching(/^OIDC_CLIENT_SECRET must be set too/)])
  expect(parseEnv(source, { signsIn: false }).ok).toBe(true)
  expect(value({ ...source, OIDC_CLIENT_SECRET: 's', OIDC_NAME: ' Example ID ' }).oidc).toMatchObject({
    name: 'Example ID',
  })
  expect(value({}).oidc).toBeUndefined()
})

test.each([
  ['https://login.example.com/realms/a', true],
  ['http://localhost:4000', true],
  ['http://127.0.0.1:4000/', true],
  ['http://login.example.com', false],
  ['https://login.example.com?tenant=a', false],
  ['https://user:password@login.example.com', false],
  ['ftp://login.example.com', false],
])('an issuer is asked over TLS, or on this very machine: %s', (issuer, isGood) => {
  const told = problems({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'desk', OIDC_CLIENT_SECRET: 's' })
  expect(told).toEqual(isGood ? [] : [expect.stringContaining('OIDC_ISSUER')])
})

test('a verifier may be given a name that people can read, of up to 60 characters', () => {
  expect(value({}).verifierName).toBeUndefined()
  expect(value({ VERIFIER_NAME: ' eu-west 1 ' }).verifierName).toBe('eu-west 1')
  for (const name of ['x'.repeat(61), 'a\nb', 'a\u202eb'])
    expect(problems({ VERIFIER_NAME: name })).toEqual(['VERIFIER_NAME must be a name of at most 60 characters.'])
})
