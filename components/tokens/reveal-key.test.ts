import { beforeEach, expect, test, vi } from 'vitest'
import { forgetReveal, noteSaved, readRevealNote, revealKey } from '#components/tokens/reveal-key'
import { RevealKey } from '#lib/tokens/schema'

const id = '3kTq9ZpWb1xYc0Lm'
let kept: Map<string, string>

beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  })
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
  expect(readRevealNote(id)).toEqual({ key, created: true, saved: false })
  noteSaved(id)
  expect(readRevealNote(id)).toEqual({ key, created: true, saved: true })
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
