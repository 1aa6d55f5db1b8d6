import { expect, test } from 'vitest'
import type { KnownToken } from '#lib/verification/facts'
import { openFactsCache } from '#lib/verification/facts-cache'

const AT = { monotonic: 0, wall: 0 }

function token(id: string): KnownToken {
  const place = { id: 'o', slug: 'o', name: 'O', path: ['o'], suspended: false, closed: false, tier: null }
  const own = { id, name: id, subject: 'o', resources: null, ranges: null, expiresAt: null, revoked: false }
  const facts = { ...own, kind: 'organization' as const, scopes: [], place: { ...place, scopesOfTier: [] } }
  return { facts, secrets: [], expiresAt: null, owner: null }
}

test('a token that had to make room, or was read again, may be used until anything changes and not after', () => {
  for (const leave of ['makes room', 'is read again']) {
    const cache = openFactsCache(2)
    const held = cache.keepToken(token('a'), AT)
    for (const id of leave === 'makes room' ? ['b', 'c'] : ['a']) cache.keepToken(token(id), AT)
    expect(cache.isCurrent(held), leave).toBe(true)
    cache.changed('t:a')
    expect(cache.isCurrent(held), leave).toBe(false)
    expect(cache.token('a')).toBeUndefined()
    cache.keepToken(token('a'), AT)
    expect(cache.isCurrent(held), leave).toBe(false)
  }
})

test('a token that changed may not be used any more, one that another stands beside may', () => {
  const cache = openFactsCache(10)
  const [changed, other] = [cache.keepToken(token('a'), AT), cache.keepToken(token('b'), AT)]
  cache.changed('t:a')
  expect([cache.isCurrent(changed), cache.isCurrent(other)]).toEqual([false, true])
  cache.forget()
  expect(cache.isCurrent(other)).toBe(false)
})
