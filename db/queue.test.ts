import { expect, onTestFinished, test, vi } from 'vitest'
import { openDatabase } from '#db/client'
import { openSender, openWorker } from '#db/queue'
import { testDatabase } from '#db/testing/test-database'

test('one sender adds jobs to every queue, with their transaction and not without', async () => {
  const { url, db } = await testDatabase()
  const done: string[] = []
  const onError = (error: unknown) => done.push(String(error))
  for (const queue of ['one', 'two']) {
    const work = async (data: unknown) => void done.push(`${queue} ${JSON.stringify(data)}`)
    onTestFinished(await openWorker({ url, queue, onError }, work, async () => []))
  }
  const own = openDatabase(url, { connections: 1 })
  const sender = await openSender(own)
  onTestFinished(async () => {
    await sender.close()
    await own.close()
  })
  const undone = db.transaction(async (tx) => {
    await sender.send(tx, 'one', { of: 'undone' })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  for (const queue of ['one', 'two']) await db.transaction((tx) => sender.send(tx, queue, { of: queue }))
  await vi.waitFor(() => expect(done.toSorted()).toEqual(['one {"of":"one"}', 'two {"of":"two"}']), { timeout: 15_000 })
})
