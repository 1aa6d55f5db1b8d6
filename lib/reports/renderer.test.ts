import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import type { Rendering } from '#lib/reports/renderer'
import { DAY, fileOf, reportWorld } from '#lib/reports/testing/world'
import { parseCsv } from '#lib/testing/parse-csv'
import { NOW } from '#lib/testing/world'

async function pagesOf(file: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: false })
  return text
}

function opened(rendering: Rendering | string | undefined): Rendering {
  if (typeof rendering === 'object') return rendering
  throw new Error(`there is no place: ${rendering}`)
}

test('a PDF says whose usage of when it tells, and its figures, pages and hours agree', async () => {
  const { renderer, order, tokens, admin } = await reportWorld({ days: 3 })
  const pages = await pagesOf(await fileOf(renderer, order({ timeZone: 'Europe/Berlin' })))
  const [cover = '', ...rest] = pages
  for (const words of ['Alder', '19 Nov 2026, 13:00 to 22 Nov 2026, 13:00', 'Europe/Berlin', admin.actor.email])
    expect(cover).toContain(words)
  // 72 hours of 7 and 1 that were active and 2 that were refused.
  for (const figure of ['720', '576', '144']) expect(cover).toContain(figure)
  expect(cover).toContain('empty boxes')
  const text = rest.join('\n')
  for (const words of ['Requests by day', 'Expired', 'By endpoint', '/v2/readings', 'Žluťoučký', tokens.one])
    expect(text).toContain(words)
  for (const [index, page] of pages.entries()) expect(page).toContain(`Page ${index + 1}`)
  const appendix = rest.filter((page) => page.includes('Requests by hour')).join('\n')
  expect(appendix.match(/\d\d:00 Žluťoučký 1 0/g)).toHaveLength(72)
})

test('on a basic tier a PDF tells nothing of endpoints', async () => {
  const { renderer, order } = await reportWorld()
  const text = (await pagesOf(await fileOf(renderer, order({ extended: false })))).join('\n')
  expect(text).toContain('By token')
  expect(text).not.toContain('By endpoint')
  expect(text).not.toContain('/v2/readings')
})

test('a CSV holds every hour by token and outcome, and no cell that a spreadsheet would reckon with', async () => {
  const { renderer, order, tokens } = await reportWorld({ days: 1 })
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await fileOf(renderer, order({ format: 'csv' })))
  expect(text.startsWith('\uFEFF')).toBe(true)
  const [head, ...rows] = parseCsv(text).filter((row) => row.length > 1)
  expect(head).toEqual(['Start', 'Token id', 'Token name', 'Outcome', 'Count'])
  expect(rows).toHaveLength(72)
  const begin = new Date(NOW.getTime() - DAY).toISOString()
  expect(rows.filter(([start]) => start === begin)).toEqual(
    [
      [begin, tokens.one, "'=Metering 日本", 'active', '7'],
      [begin, tokens.one, "'=Metering 日本", 'expired', '2'],
      [begin, tokens.two, 'Žluťoučký', 'active', '1'],
    ].toSorted(([, a = ''], [, b = '']) => (a < b ? -1 : a > b ? 1 : 0)),
  )
})

test('without any use there is a report all the same', async () => {
  const { renderer, order } = await reportWorld()
  const year = { from: new Date('2025-01-01'), to: new Date('2026-01-01') }
  const text = (await pagesOf(await fileOf(renderer, order(year)))).join('\n')
  expect(text).toContain('0 active')
  expect(text).toContain('No token was used.')
})

test('two are rendered at a time, others wait in turn, and beyond eight nobody waits who may be told to come back', async () => {
  const { renderer, order } = await reportWorld()
  const signal = new AbortController().signal
  const first = await renderer.open(order(), { signal })
  await renderer.open(order(), { signal })
  const began: number[] = []
  const gone = new AbortController()
  const waiting = Array.from({ length: 8 }, (_, nth) =>
    renderer
      .openFor(`${nth}`, order(), { signal: nth === 0 ? gone.signal : signal })
      .then(() => began.push(nth))
      .catch(() => {}),
  )
  expect(await renderer.openFor('one more', order(), { signal })).toBe('busy')
  gone.abort()
  await waiting[0]
  expect(began).toEqual([])
  await first.render(async () => {})
  await waiting[1]
  expect(began).toEqual([1])
})

test('one caller has two wait and no more, which leaves room for others', async () => {
  const { renderer, order } = await reportWorld()
  const signal = new AbortController().signal
  const held = [await renderer.open(order(), { signal }), await renderer.open(order(), { signal })]
  const open = (caller: string) => renderer.openFor(caller, order(), { signal })
  const waiting = [open('one'), open('one')]
  expect(await open('one')).toBe('too_often')
  const other = open('other')
  for (const each of held) each.leave()
  const first = opened(await waiting[0])
  opened(await other)
  // Those that wait are counted, and not those that have their turn.
  waiting.push(open('one'))
  expect(await open('one')).toBe('too_often')
  first.leave()
  for (const each of waiting.slice(1)) opened(await each).leave()
})

test('nothing is read or made before the piece before it was taken, and whoever takes none for too long loses the place', async () => {
  const { renderer, order, sql } = await reportWorld({ patienceMs: 300 })
  const rendering = await renderer.open(order(), { signal: new AbortController().signal })
  let taken = 0
  const never = rendering.render(() => {
    taken += 1
    return new Promise(() => {})
  })
  await expect(never).rejects.toThrow('nobody took the report')
  expect(taken).toBe(1)
  const open =
    await sql`select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`
  expect(open).toHaveLength(0)
  expect((await fileOf(renderer, order())).length).toBeGreaterThan(1000)
})

test('a caller has one place at a time, and others pass while it waits for another', async () => {
  const { renderer, order } = await reportWorld()
  const open = async (caller: string) =>
    opened(await renderer.openFor(caller, order(), { signal: AbortSignal.timeout(5000) }))
  const first = await open('one')
  let isOpen = false
  const second = open('one').then((rendering) => {
    isOpen = true
    return rendering
  })
  const other = await open('two')
  other.leave()
  await open('three')
  expect(isOpen).toBe(false)
  first.leave()
  await second
})

test('however steadily a caller takes, it holds its place for so long and no longer', async () => {
  const { renderer, order } = await reportWorld({ longestMs: 300, days: 20 })
  const rendering = opened(await renderer.openFor('one', order(), { signal: new AbortController().signal }))
  const slow = rendering.render(() => new Promise((resolve) => setTimeout(resolve, 200)))
  await expect(slow).rejects.toThrow('took too long')
  opened(await renderer.openFor('one', order(), { signal: AbortSignal.timeout(5000) }))
})

test('whoever goes away ends the rendering and its transaction', async () => {
  const { renderer, order } = await reportWorld({ days: 20 })
  const gone = new AbortController()
  const rendering = await renderer.open(order(), { signal: gone.signal })
  let taken = 0
  const ended = rendering.render(async () => {
    taken += 1
    if (taken === 2) gone.abort(new Error('gone away'))
  })
  await expect(ended).rejects.toThrow('gone away')
  expect(taken).toBe(2)
})
