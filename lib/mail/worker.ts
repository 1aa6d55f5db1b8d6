import { type Database, openDatabase } from '#db/client'
import { listInvitationsToSend } from '#db/queries/invitations'
import { openWorker, type Patience } from '#db/queue'
import { mailPasswordReset } from '#lib/accounts/mail-password-reset'
import { type Clock, systemClock } from '#lib/clock'
import { mailInvitation } from '#lib/invitations/mail'
import type { Log } from '#lib/log'
import { MAIL_QUEUE, MailJob } from '#lib/mail/job'
import { type Mail, openTransport } from '#lib/mail/transport'

type Options = {
  readonly databaseUrl: string
  readonly mail: { readonly smtpUrl: string; readonly from: string }
  /** The origin that links in mails lead to. */
  readonly appUrl: string
  readonly log: Log
  readonly clock?: Clock
  readonly patience?: Patience
}

/**
 * Sends the mails that wait, one after the other, and tries again for a day where the mail server does not take one.
 * At the start it also takes up invitations whose mail nobody has any more, as after a restore. A mail may be sent twice
 * where a process dies in between; the link of the later one counts. Gives what ends it.
 */
export async function openMail(options: Options): Promise<() => Promise<void>> {
  const { databaseUrl, mail, appUrl, log, clock = systemClock, patience } = options
  const db = openDatabase(databaseUrl, { connections: 2 })
  const transport = openTransport(mail)
  const at = { db, clock, appUrl }
  const work = async (data: unknown) => {
    const job = MailJob.parse(data)
    try {
      await sendOne(at, job, transport.send)
    } catch (error) {
      log.warn({ kind: job.kind, error }, 'a mail could not be sent and waits')
      // What the mail server said stays out of the queue: it can quote the mail.
      throw new Error('the mail server did not take it')
    }
  }
  try {
    const end = await openWorker(
      {
        url: databaseUrl,
        queue: MAIL_QUEUE,
        onError: (error) => log.error({ error }, 'the queue of mails is disturbed'),
        ...(patience === undefined ? {} : { patience }),
      },
      work,
      async () =>
        (await listInvitationsToSend(db)).map(({ id }): MailJob => ({ kind: 'invitation', invitationId: id })),
    )
    return async () => {
      await end()
      transport.close()
      await db.close()
    }
  } catch (error) {
    await db.close()
    throw error
  }
}

type At = { readonly db: Database; readonly clock: Clock; readonly appUrl: string }

function sendOne(at: At, job: MailJob, send: (mail: Mail) => Promise<void>): Promise<void> {
  switch (job.kind) {
    case 'invitation':
      return mailInvitation(at, job.invitationId, send)
    case 'password-reset':
      return mailPasswordReset(at, job.userId, send)
  }
}
