import { describe, expect, test } from 'vitest'
import { loadTokenSearch, parseTokenSort, tokenListHref } from '#lib/tokens/search'

const path = '/o/alder/tokens'
const opening = loadTokenSearch('')
const secret = `tok_org_3kTq9ZpWb1xYc0Lm_${'a1B2'.repeat(12)}Z`

describe('reading the URL', () => {
  test('a bare URL is everything, newest first', () => {
    expect(opening).toEqual({ q: '', status: 'all', sort: '-created', after: null, before: null })
  })

  test('what does not parse is taken as absent', () => {
    expect(loadTokenSearch('?status=deleted&sort=secret&after=a%0Ab&before=')).toEqual(opening)
  })

  test('control characters never reach the database', () => {
    expect(loadTokenSearch('?q=%00bill%07ing%0A').q).toBe('billing')
  })

  test('a search is cut at 200 characters', () => {
    expect(loadTokenSearch(`?q=${'a '.repeat(300)}`).q).toHaveLength(200)
  })

  test('a secret in the URL is not searched', () => {
    expect(loadTokenSearch(`?q=${secret}`).q).toBe('')
  })
})

describe('writing links', () => {
  test('defaults leave the URL clean', () => {
    expect(tokenListHref(path, opening, { status: 'all' })).toBe(path)
    expect(tokenListHref(path, { ...opening, status: 'revoked' }, { status: 'all', sort: '-created' })).toBe(path)
  })

  test.each([
    ['filter', { status: 'revoked' }, '?status=revoked'],
    ['search', { q: 'billing' }, '?q=billing'],
    ['sort', { sort: 'name' }, '?sort=name'],
  ] as const)('another %s drops the cursor', (_, change, query) => {
    expect(tokenListHref(path, { ...opening, after: 'abc', before: 'def' }, change)).toBe(path + query)
  })

  test('another page keeps filter, search and sort, and has one cursor', () => {
    const here = loadTokenSearch('?q=b&status=active&sort=-lastUsed&after=abc')
    expect(tokenListHref(path, here, { before: 'xyz' })).toBe(`${path}?q=b&status=active&sort=-lastUsed&before=xyz`)
  })

  test('a link read again is the same state', () => {
    const state = {
      q: 'Zählerdaten & Süd/1',
      status: 'expired',
      sort: '-expires',
      after: 'eyJ+/=',
      before: null,
    } as const
    const href = tokenListHref(path, opening, state)
    expect(loadTokenSearch(href.slice(path.length))).toEqual(state)
  })
})

test.each([
  ['-created', 'created', true],
  ['lastUsed', 'lastUsed', false],
  ['-name', 'name', true],
  ['expires', 'expires', false],
] as const)('%s sorts by %s, descending %j', (key, column, descending) => {
  expect(parseTokenSort(key)).toEqual({ column, descending })
})
