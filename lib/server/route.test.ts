import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { methodOf, routeOf } from '#lib/server/route'

test.each([
  ['/', 'home'],
  ['/sign-in', 'sign-in'],
  ['/o/alder/tokens', 'tokens'],
  ['/o/alder/tokens/3kTq9ZpWb1xYc0Lm', 'tokens'],
  ['/o/alder/tokens/changes', 'changes'],
  ['/o/alder/nowhere', 'other'],
  ['/o', 'other'],
  ['/_next/static/chunks/a.js', 'files'],
  ['/icon.svg', 'files'],
  ['/api/auth/session', 'auth'],
  ['/api/ready', 'probes'],
  ['/api/v1/tokens', 'api'],
  ['/api/else', 'other'],
])('%s counts as %s', (path, route) => {
  expect(routeOf(path)).toBe(route)
})

test('whatever is asked for, there are few routes and methods', () => {
  const routes = new Set<string>()
  for (const head of ['/', '/o/', '/o/alder/', '/o/alder/tokens/', '/api/', '/api/v1/', '/api/auth/', '/_next/'])
    for (let times = 0; times < 200; times++) routes.add(routeOf(head + randomBytes(6).toString('base64url')))
  expect(routes.size).toBeLessThan(10)
  expect(methodOf('PURGE')).toBe('other')
  expect(methodOf('POST')).toBe('POST')
})
