import { beforeEach, expect, test, vi } from 'vitest'
import { forgetReveal, noteSaved, readRevealNote, revealKey, takeOpenRevealPage } from '#components/tokens/reveal-key'
import { RevealKey } from '#lib/tokens/schema'

const id = '3kTq9ZpWb1xYc0Lm'
const page = `/o/alder/tokens/${id}`
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
  const keys = Array.from({ length: 200 }, (_, index) => revealKey(String(index), false))
  for (const key of keys) expect(RevealKey.safeParse(key).success).toBe(true)
  expect(new Set(keys).size).toBe(200)
})

test('until it is forgotten, a token keeps its key', () => {
  const key = revealKey(id, true)
  expect(revealKey(id, false)).toBe(key)
  expect(kept.has(`tokenry.reveal.${id}`)).toBe(true)
  forgetReveal(id)
  expect(readRevealNote(id)).toBeNull()
  expect(revealKey(id, false)).not.toBe(key)
})

test('a reload knows where the reveal came from and whether the secret was kept', () => {
  const key = revealKey(id, true)
  expect(readRevealNote(id)).toEqual({ key, created: true, saved: false, page })
  noteSaved(id)
  expect(readRevealNote(id)).toEqual({ key, created: true, saved: true, page })
})

test('a page without the token is led to the one that has it, once, and not for a secret that was kept', () => {
  vi.stubGlobal('location', { pathname: '/o/alder/tokens/anotherOne' })
  kept.set('something.else', 'entirely')
  revealKey(id, true)
  expect(takeOpenRevealPage()).toBe(page)
  expect(takeOpenRevealPage()).toBeNull()
  revealKey('kept', true)
  noteSaved('kept')
  expect(takeOpenRevealPage()).toBeNull()
})

test('what is no key is no note', () => {
  kept.set(`tokenry.reveal.${id}`, 'tok_org_3kTq9ZpWb1xYc0Lm_')
  expect(readRevealNote(id)).toBeNull()
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
  expect(RevealKey.safeParse(revealKey(id, false)).success).toBe(true)
})
