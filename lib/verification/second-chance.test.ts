import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { openSecondChance } from '#lib/verification/second-chance'

const value = (name: string) => ({ name, used: false })

function open(atMost: number) {
  const gone: string[] = []
  return { gone, held: openSecondChance<ReturnType<typeof value>>(atMost, ({ name }) => void gone.push(name)) }
}

test('what was asked for stays while what nobody asked for makes room, however often that comes', () => {
  const { gone, held } = open(10)
  for (const name of 'abcdefghij') held.set(name, value(name))
  for (let n = 0; n < 1_000; n++) {
    for (const name of 'ace') expect(held.get(name)?.name).toBe(name)
    held.set(`once ${n}`, value(`once ${n}`))
    expect(held.size()).toBe(10)
  }
  expect(gone).toHaveLength(1_000)
  expect(gone.slice(0, 2)).toEqual(['b', 'd'])
})

test('there are never more than the bound, and few are passed by for room, where all are asked for all the time', () => {
  const { gone, held } = open(1_000)
  const values = Array.from({ length: 3_000 }, (_, n) => value(String(n)))
  for (const each of values) {
    held.set(each.name, each)
    held.get(each.name)
    expect(held.size()).toBeLessThanOrEqual(1_000)
  }
  expect(new Set(gone).size).toBe(2_000)
  const used = () => values.filter((each) => each.used).length
  for (const each of values) held.get(each.name)
  const before = used()
  held.set('further', value('further'))
  expect(before - used()).toBe(100)
})

test('what is taken out or cleared is not let go of, and what is put in its place is', () => {
  const { gone, held } = open(3)
  held.set('a', value('first'))
  held.set('a', value('second'))
  expect(held.take('a')?.name).toBe('second')
  expect([held.take('a'), held.get('a'), held.size()]).toEqual([undefined, undefined, 0])
  held.set('b', value('b'))
  held.clear()
  for (const name of 'cdef') held.set(name, value(name))
  expect(gone).toEqual(['first', 'c'])
})

test('nothing of what it held stays in memory, whether it was full once, emptied again and again, or neither', () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const megabytes = () => {
    collect()
    return process.memoryUsage().heapUsed / 1_048_576
  }
  const large = (name: string) => ({ ...value(name), room: Array.from({ length: 100 }, () => 0) })
  for (const atMost of [100, 100_000]) {
    const held = openSecondChance<ReturnType<typeof large>>(atMost, () => {})
    for (let n = 0; n < 200; n++) held.set(String(n), large(String(n)))
    const before = megabytes()
    for (let round = 0; round < 100; round++) {
      for (let n = 0; n < 500; n++) {
        held.take(String(n))
        held.set(String(n), large(String(n)))
      }
      if (round % 2 === 0) held.clear()
      else for (let n = 90; n < 500; n++) held.take(String(n))
    }
    held.clear()
    expect(megabytes() - before, `at most ${atMost}`).toBeLessThan(10)
  }
})
