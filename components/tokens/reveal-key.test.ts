import { beforeEach, expect, test, vi } from 'vitest'
import { forgetReveal, noteSaved, readRevealNote, revealKey, takeOpenRevealPage } from '#components/tokens/reveal-key'
import { RevealKey } from '#lib/tokens/schema'

const id = '3kTq9ZpWb1xYc0Lm'
const page = `/o/alder/tokens/${id}`
type Revealed = Parameters<typeof readRevealNote>[0]
const of = (change: Partial<Revealed>): Revealed => ({ id, tail: null, rotation: null, retiring: null, ...change })
const rotation = { overlapSeconds: 3600 }
const retiring = (tail: string) => ({ tail, mintedAt: new Date(0), until: new Date(1) })
let kept: Map<string, string>

beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size
    },
  })
  vi.stubGlobal('location', { pathname: '/o/alder/tokens' })
})

test('a key is one the server takes, and no two are alike', () => {
  const keys = Array.from({ length: 200 }, (_, index) => revealKey(of({ id: String(index) }), false))
  for (const key of keys) expect(RevealKey.safeParse(key).success).toBe(true)
  expect(new Set(keys).size).toBe(200)
})

test('until it is forgotten, a token keeps its key', () => {
  const key = revealKey(of({}), true)
  expect(revealKey(of({}), false)).toBe(key)
  expect(kept.has(`tokenry.reveal.${id}`)).toBe(true)
  forgetReveal(id)
  expect(readRevealNote(of({}))).toBeNull()
  expect(revealKey(of({}), false)).not.toBe(key)
})

test('a reload knows where the reveal came from and whether the secret was kept', () => {
  const key = revealKey(of({}), true)
  expect(readRevealNote(of({}))).toEqual({ key, over: '', created: true, saved: false, page })
  noteSaved(id)
  expect(readRevealNote(of({}))).toEqual({ key, over: '', created: true, saved: true, page })
})

test('a page without the token is led to the one that has it, once, and not for a secret that was kept', () => {
  vi.stubGlobal('location', { pathname: '/o/alder/tokens/anotherOne' })
  kept.set('something.else', 'entirely')
  revealKey(of({}), true)
  expect(takeOpenRevealPage()).toBe(page)
  expect(takeOpenRevealPage()).toBeNull()
  revealKey(of({ id: 'kept' }), true)
  noteSaved('kept')
  expect(takeOpenRevealPage()).toBeNull()
})

test('a reveal that a rotation has overtaken is forgotten, and the next one has a key of its own', () => {
  const first = revealKey(of({}), true)
  expect(readRevealNote(of({ tail: 'aaaa' }))?.key).toBe(first)
  const rotated = of({ tail: 'aaaa', rotation })
  const second = revealKey(rotated, false)
  expect(second).not.toBe(first)
  expect(readRevealNote(rotated)).toMatchObject({ key: second, over: 'aaaa' })
  expect(readRevealNote(of({ tail: 'bbbb', retiring: retiring('aaaa') }))?.key).toBe(second)
  expect(readRevealNote(of({ tail: 'bbbb', rotation, retiring: retiring('aaaa') }))).toBeNull()
  expect(kept.size).toBe(0)
})

test('where somebody else has revealed the new secret, the key of the old one is forgotten', () => {
  revealKey(of({}), true)
  expect(readRevealNote(of({ tail: 'bbbb', retiring: retiring('aaaa') }))).toBeNull()
})

test('what is no key is no note', () => {
  kept.set(`tokenry.reveal.${id}`, 'tok_org_3kTq9ZpWb1xYc0Lm_')
  expect(readRevealNote(of({}))).toBeNull()
})

test('where storage is blocked a reveal still has a key', () => {
  vi.stubGlobal('sessionStorage', {
    getItem: () => {
      throw new Error('blocked')
    },
    setItem: () => {
      throw new Error('blocked')
    },
  })
  expect(RevealKey.safeParse(revealKey(of({}), false)).success).toBe(true)
})
