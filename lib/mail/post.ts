import { openDatabase, type Transaction } from '#db/client'
import { openSender, type Sender } from '#db/queue'
import { env } from '#lib/env'
import { MAIL_QUEUE, type MailJob } from '#lib/mail/job'

/**
 * Has a mail sent once the transaction is committed, and not otherwise; a mail server that is down delays it. With
 * `inPlace`, in the place of the same one where it waits.
 */
export type Post = (tx: Transaction, job: MailJob, options?: { readonly inPlace?: boolean }) => Promise<void>

// The framework may load this module more than once in a process; one is enough all the same.
const holder = globalThis as typeof globalThis & { tokenrySender?: Promise<Sender> | undefined }

/** The desk's way to the mail server; null where there is none. */
export function post(): Post | null {
  if (env().mail === undefined) return null
  return async (tx, job, options) => {
    holder.tokenrySender ??= openSender(ownConnection(), MAIL_QUEUE)
    const sender = await holder.tokenrySender.catch((error: unknown) => {
      holder.tokenrySender = undefined
      throw error
    })
    await sender.send(tx, job, options)
  }
}

// The transactions of the desk may hold all of its connections while they wait for the one that opens this.
function ownConnection() {
  const url = env().databaseUrl
  if (url === undefined) throw new Error('DATABASE_URL is set by the server before the desk starts')
  return openDatabase(url, { connections: 1 })
}
