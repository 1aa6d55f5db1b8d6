import { expect, onTestFinished, test, vi } from 'vitest'
import { deleteReportsBefore } from '#db/queries/reports'
import { openSender } from '#db/queue'
import { createLog } from '#lib/log'
import { loadOrganization } from '#lib/organizations/load'
import { cancelReport } from '#lib/reports/cancel'
import { downloadReport } from '#lib/reports/download'
import { REPORT_QUEUE } from '#lib/reports/job'
import { listReports } from '#lib/reports/list'
import type { Renderer } from '#lib/reports/renderer'
import { requestReport } from '#lib/reports/request'
import { runReport } from '#lib/reports/run'
import { DAY, reportWorld } from '#lib/reports/testing/world'
import { openReports } from '#lib/reports/worker'
import { NOW } from '#lib/testing/world'

/** A world where people ask for reports, of which `make` makes one by hand. */
async function askingWorld() {
  const world = await reportWorld()
  const { admin, alder, db, clock, renderer } = world
  const ask = async (format: 'pdf' | 'csv' = 'csv', ctx = admin) =>
    (
      await requestReport(
        { ...ctx, enqueue: async () => {} },
        { organizationId: alder.id, format, from: new Date(NOW.getTime() - 2 * DAY), to: NOW, timeZone: 'UTC' },
      )
    ).reportId
  const make = (id: string, by: Renderer = renderer) =>
    runReport({ db, clock, renderer: by, signal: new AbortController().signal }, id)
  const listed = async (ctx = admin) => listReports(ctx, (await loadOrganization(db, alder.id)) ?? alder)
  const saved = async (id: string, ctx = admin) => {
    const { headers, pieces } = await downloadReport(ctx, { reportId: id, slug: 'alder' })
    const parts: Uint8Array[] = []
    for await (const piece of pieces) parts.push(piece)
    return { headers, bytes: Buffer.concat(parts) }
  }
  return { ...world, ask, make, listed, saved }
}

/** A renderer of one piece after the other, which does something before each. */
const rendering = (before: (nth: number) => Promise<unknown>): Renderer => ({
  open: async () => ({
    leave: () => {},
    async render(take) {
      for (let nth = 0; nth < 3; nth++) {
        await before(nth)
        await take({ bytes: Buffer.alloc(300_000, nth), progress: nth * 30 })
      }
    },
  }),
  openFor: async () => 'busy',
  close: async () => {},
})

test('a report that was asked for is made, listed, saved and in the trail; others do not see that it is there', async () => {
  const { ask, make, listed, saved, person, alder, northwind, organization, sql } = await askingWorld()
  const id = await ask()
  expect(await listed()).toMatchObject([{ id, state: 'waiting', bytes: null, mayCancel: true }])
  await expect(saved(id)).rejects.toMatchObject({ code: 'not_found' })
  await make(id)
  const { headers, bytes } = await saved(id)
  expect(await listed(await person(alder, 'viewer'))).toMatchObject([
    { id, state: 'done', bytes: bytes.length, progress: 100, mayCancel: false },
  ])
  expect(headers).toMatchObject({ 'content-length': String(bytes.length) })
  expect(headers['content-disposition']).toBe('attachment; filename="alder-usage-2026-11-20-to-2026-11-22.csv"')
  expect(bytes.toString()).toContain('expired')
  const [event] = await sql`select details from audit_events where action = 'report.requested'`
  expect(event?.['details']).toMatchObject({ format: 'csv' })
  const birch = await organization('Birch', northwind, 'customer')
  await expect(saved(id, await person(birch, 'admin'))).rejects.toMatchObject({ code: 'not_found' })
})

test('a report cancelled while it is made ends soon, and nothing of it stays', async () => {
  const { admin, ask, make, listed, sql } = await askingWorld()
  const id = await ask()
  let last = 0
  await make(
    id,
    rendering(async (nth) => {
      last = nth
      if (nth === 1) await cancelReport(admin, { reportId: id })
    }),
  )
  expect(last).toBe(1)
  expect(await listed()).toMatchObject([{ state: 'cancelled', bytes: null }])
  expect(await sql`select from report_parts`).toHaveLength(0)
  // What waits in the queue all the same comes to nothing.
  await make(id)
  expect(await listed()).toMatchObject([{ state: 'cancelled' }])
})

test('reports that are cancelled while they wait for a place keep none from those after them', async () => {
  const { admin, ask, make, renderer, order } = await askingWorld()
  const signal = AbortSignal.timeout(5000)
  const rendering = [await renderer.open(order(), { signal }), await renderer.open(order(), { signal })]
  const ids = [await ask(), await ask()]
  let asked = 0
  const counting: Renderer = {
    ...renderer,
    open(...of) {
      asked += 1
      return renderer.open(...of)
    },
  }
  const waiting = ids.map((id) => make(id, counting))
  await expect.poll(() => asked).toBe(2)
  for (const reportId of ids) await cancelReport(admin, { reportId })
  for (const each of rendering) each.leave()
  await Promise.all(waiting)
  const next = [await renderer.open(order(), { signal }), await renderer.open(order(), { signal })]
  expect(next).not.toContain(null)
  // One that is finished already does not even ask for a place.
  for (const id of ids) await make(id, counting)
  expect(asked).toBe(2)
})

test('a report that another takes over is made by that one alone', async () => {
  const { ask, make, pass, saved, sql } = await askingWorld()
  const id = await ask()
  await make(
    id,
    rendering(async (nth) => {
      if (nth !== 1) return
      pass(1000)
      await make(id)
    }),
  )
  const { headers, bytes } = await saved(id)
  expect(bytes.length).toBe(Number(headers['content-length']))
  expect(bytes.toString()).toContain('Token name')
  expect(await sql`select from report_parts`).toHaveLength(1)
})

test('a rendering that fails leaves a failed report, and so do rights that were taken away', async () => {
  const { ask, make, listed, person, alder, sql } = await askingWorld()
  const id = await ask()
  const failing = rendering(() => Promise.reject(new Error('no memory')))
  expect(await make(id, failing)).toEqual({ failed: new Error('no memory') })
  expect(await listed()).toMatchObject([{ id, state: 'failed' }])
  const viewer = await person(alder, 'viewer')
  const other = await ask('csv', viewer)
  await sql`delete from memberships where user_id = ${viewer.actor.userId}`
  await make(other)
  expect((await listed()).find((report) => report.id === other)).toMatchObject({ state: 'failed' })
})

test('no more than ten are under way in an organization, no period is longer than 366 days, and none is kept for ever', async () => {
  const { admin, alder, ask, listed, db, clock, pass } = await askingWorld()
  for (let nth = 0; nth < 10; nth++) await ask()
  await expect(ask()).rejects.toMatchObject({ code: 'in_use' })
  const long = { from: new Date('2025-01-01'), to: new Date('2026-01-03'), timeZone: 'UTC', format: 'pdf' as const }
  const asked = requestReport({ ...admin, enqueue: async () => {} }, { organizationId: alder.id, ...long })
  await expect(asked).rejects.toMatchObject({ code: 'invalid', fields: { to: expect.any(String) } })
  pass(31 * DAY)
  expect(await listed()).toEqual([])
  await deleteReportsBefore(db, new Date(clock().getTime() - 30 * DAY))
  pass(-31 * DAY)
  expect(await listed()).toEqual([])
})

test('what a process left behind is made when the next one starts, and what is asked for then too', async () => {
  const { admin, alder, ask, listed, url, db, clock, renderer, sql } = await askingWorld()
  const left = await ask()
  await sql`update reports set state = 'running', started_at = now(), progress = 40 where id = ${left}`
  const close = await openReports({ databaseUrl: url, renderer, log: createLog('silent'), clock })
  onTestFinished(close)
  const sender = await openSender(db)
  onTestFinished(sender.close)
  const period = { from: new Date(NOW.getTime() - DAY), to: NOW, timeZone: 'UTC', format: 'pdf' as const }
  await requestReport(
    { ...admin, enqueue: (tx, job) => sender.send(tx, REPORT_QUEUE, job) },
    { organizationId: alder.id, ...period },
  )
  await vi.waitFor(async () => expect((await listed()).map(({ state }) => state)).toEqual(['done', 'done']), {
    timeout: 15_000,
    interval: 100,
  })
})

test('a report that a fault of the moment kept from beginning is made again', async () => {
  const { ask, listed, url, clock, renderer, sql } = await askingWorld()
  const id = await ask()
  let nth = 0
  const faulty: Renderer = {
    ...renderer,
    async open(...of) {
      nth += 1
      if (nth === 1) throw new Error('the connection was lost')
      return renderer.open(...of)
    },
  }
  const close = await openReports({ databaseUrl: url, renderer: faulty, log: createLog('silent'), clock })
  onTestFinished(close)
  await vi.waitFor(async () => expect(await listed()).toMatchObject([{ id, state: 'done' }]), {
    timeout: 15_000,
    interval: 100,
  })
  await expect.poll(() => sql`select from pgboss.job where name = 'reports'`).toHaveLength(0)
})
