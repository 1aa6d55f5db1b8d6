import { expect, onTestFinished, test, vi } from 'vitest'
import { openWorker } from '#db/queue'
import { testDatabase } from '#db/testing/test-database'
import { sendJob } from '#lib/jobs/send'

test('jobs go to their queues over one connection for all of them, with their transaction and not without', async () => {
  const { url, db, sql } = await testDatabase()
  vi.stubEnv('DATABASE_URL', url)
  onTestFinished(() => void vi.unstubAllEnvs())
  const done: string[] = []
  const onError = (error: unknown) => done.push(String(error))
  for (const queue of ['one', 'two']) {
    const work = async (data: unknown) => void done.push(`${queue} ${JSON.stringify(data)}`)
    onTestFinished(await openWorker({ url, queue, onError }, work, async () => []))
  }
  const connections = async () =>
    Number((await sql`select count(*) from pg_stat_activity where datname = current_database()`)[0]?.['count'])
  await db.transaction((tx) => tx.execute('select 1'))
  const before = await connections()
  const undone = db.transaction(async (tx) => {
    await sendJob(tx, 'one', { of: 'undone' })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  for (const queue of ['one', 'two']) await db.transaction((tx) => sendJob(tx, queue, { of: queue }))
  await vi.waitFor(() => expect(done.toSorted()).toEqual(['one {"of":"one"}', 'two {"of":"two"}']), { timeout: 15_000 })
  expect(await connections()).toBeLessThanOrEqual(before + 1)
})
