import { type Database, openDatabase } from '#db/client'
import { streamHours } from '#db/queries/reports-usage'
import { openFileMaker } from '#lib/reports/make-file'
import type { ReportOrder, ReportPiece } from '#lib/reports/order'
import { type Crowded, type Leave, openPlaces } from '#lib/reports/places'
import { summarize } from '#lib/reports/summary'

const AT_ONCE = 2
// Beyond them whoever asks is told to come back; nobody's fill the room of others.
const WAITING = { waiting: 8, waitingOfOne: 2 }
// Whoever takes nothing for so long has no need of it, and others wait for the place.
const PATIENCE_MS = 60_000
// Nor of what takes longer than this in all.
const LONGEST_MS = 600_000
const ROWS_AT_ONCE = 200

/** A place to render a report at, which is held until the rendering ends or the place is left. */
export type Rendering = {
  /** Gives a report's file to `take`, piece by piece; none is read or made before the one before it was taken. */
  render(take: (piece: ReportPiece) => Promise<void>): Promise<void>
  /** Gives the place to the next. Whoever does not render calls it; after the rendering it does nothing. */
  leave(): void
}

export type Renderer = {
  /**
   * A place to render a report at, two at a time in this process; others wait. The rendering ends done, or rejected by
   * what failed, by `take`, by the signal, or by a `take` that lasts longer than a minute. It does not ask who may see
   * the report beyond what it holds.
   */
  open(order: ReportOrder, options: { signal: AbortSignal }): Promise<Rendering>
  /**
   * The same for a program, told as its `caller` by whom it acts for: who holds one place at most, for 10 minutes at
   * most, and waits for two; where too many wait already it is refused.
   */
  openFor(caller: string, order: ReportOrder, options: { signal: AbortSignal }): Promise<Rendering | Crowded>
  close(): Promise<void>
}

/** Renders reports off the event loop, from the database to whoever takes them, in memory that no period makes larger. */
export function openRenderer(databaseUrl: string, { patienceMs = PATIENCE_MS, longestMs = LONGEST_MS } = {}): Renderer {
  const places = openPlaces(AT_ONCE, WAITING)
  // Connections of its own: a reader who is slow holds none that pages need.
  const db = openDatabase(databaseUrl, { connections: AT_ONCE })
  const closing = new AbortController()

  const renderingAt = (leave: Leave, order: ReportOrder, until: AbortSignal, longest?: number): Rendering => ({
    leave,
    async render(take) {
      const tooLong = new AbortController()
      const end = () => tooLong.abort(new Error('the report took too long'))
      const timer = longest === undefined ? undefined : setTimeout(end, longest)
      const whole = AbortSignal.any([until, tooLong.signal])
      try {
        await render(db, order, { signal: whole, take: (piece) => patiently(take(piece), whole, patienceMs) })
      } finally {
        clearTimeout(timer)
        leave()
      }
    },
  })

  return {
    async open(order, { signal }) {
      const until = AbortSignal.any([signal, closing.signal])
      return renderingAt(await places.take({ signal: until }), order, until)
    },
    async openFor(caller, order, { signal }) {
      const until = AbortSignal.any([signal, closing.signal])
      const leave = await places.takeFor(caller, { signal: until })
      return typeof leave === 'string' ? leave : renderingAt(leave, order, until, longestMs)
    },
    async close() {
      closing.abort(new Error('the server ends'))
      await db.close()
    },
  }
}

async function render(
  db: Database,
  order: ReportOrder,
  { signal, take }: { signal: AbortSignal; take: (piece: ReportPiece) => Promise<void> },
): Promise<void> {
  signal.throwIfAborted()
  const file = openFileMaker(order)
  const end = () => void file.end()
  signal.addEventListener('abort', end)
  const add = async (step: Parameters<typeof file.make>[0], progress: number) => {
    const bytes = await file.make(step)
    signal.throwIfAborted()
    if (bytes.length > 0) await take({ bytes, progress })
  }
  const within = order.to.getTime() - order.from.getTime()
  try {
    await add({ kind: 'begin' }, 0)
    await db.transaction(
      async (tx) => {
        if (order.format === 'pdf')
          await add({ kind: 'summary', summary: await summarize({ db: tx, actor: order.actor }, order) }, 2)
        for await (const rows of streamHours(tx, { ...order, organizationId: order.organization.id }, ROWS_AT_ONCE)) {
          const passed = (rows.at(-1)?.start.getTime() ?? 0) - order.from.getTime()
          await add({ kind: 'hours', rows }, 2 + Math.floor((97 * passed) / within))
        }
      },
      // Totals and hours are of one moment, however long the reading takes.
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    )
    await add({ kind: 'end' }, 100)
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  } finally {
    signal.removeEventListener('abort', end)
    await file.end()
  }
}

/** What is taken within that time; rejects where it is not, and with the signal's reason. */
async function patiently(taken: Promise<void>, signal: AbortSignal, milliseconds: number): Promise<void> {
  const over = Promise.withResolvers<never>()
  const aborted = () => over.reject(signal.reason)
  const timer = setTimeout(() => over.reject(new Error('nobody took the report for too long')), milliseconds)
  signal.addEventListener('abort', aborted)
  try {
    await Promise.race([taken, over.promise])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', aborted)
  }
}
