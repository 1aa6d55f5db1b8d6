import type { Transaction } from '#db/client'
import { env } from '#lib/env'
import { sendJob } from '#lib/jobs/send'
import { MAIL_QUEUE, type MailJob } from '#lib/mail/job'

/**
 * Has a mail sent once the transaction is committed, and not otherwise; a mail server that is down delays it. With
 * `inPlace`, in the place of the same one where it waits.
 */
export type Post = (tx: Transaction, job: MailJob, options?: { readonly inPlace?: boolean }) => Promise<void>

/** The desk's way to the mail server; null where there is none. */
export const post = (): Post | null =>
  env().mail === undefined ? null : (tx, job, options) => sendJob(tx, MAIL_QUEUE, job, options)
