import { openDatabase, type Transaction } from '#db/client'
import { openSender, type Sender } from '#db/queue'
import { env } from '#lib/env'

// The framework may load this module more than once in a process; one is enough all the same.
const holder = globalThis as typeof globalThis & { tokenrySender?: Promise<Sender> | undefined }

/**
 * The desk's way to what works jobs off: adds one to a queue once the transaction is committed, and not otherwise. With
 * `inPlace`, in the place of the same one where it waits.
 */
export async function sendJob(
  tx: Transaction,
  queue: string,
  job: object,
  options?: { readonly inPlace?: boolean },
): Promise<void> {
  holder.tokenrySender ??= openSender(ownConnection())
  const sender = await holder.tokenrySender.catch((error: unknown) => {
    holder.tokenrySender = undefined
    throw error
  })
  await sender.send(tx, queue, job, options)
}

// The transactions of the desk may hold all of its connections while they wait for the one that opens this.
function ownConnection() {
  const url = env().databaseUrl
  if (url === undefined) throw new Error('DATABASE_URL is set by the server before the desk starts')
  return openDatabase(url, { connections: 1 })
}
