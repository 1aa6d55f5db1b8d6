import { onTestFinished } from 'vitest'
import { openSender } from '#db/queue'
import type { Context } from '#lib/context'
import type { InvitingContext } from '#lib/invitations/deliver'
import { createLog } from '#lib/log'
import { MAIL_QUEUE } from '#lib/mail/job'
import type { Post } from '#lib/mail/post'
import { openSmtp } from '#lib/mail/testing/smtp'
import { openMail } from '#lib/mail/worker'
import { testWorld } from '#lib/testing/world'

export const APP_URL = 'https://tokens.test'

/** A world where whoever invites hands the link over. */
export async function invitingWorld() {
  const world = await testWorld()
  const inviting = (ctx: Context, post: Post | null = null): InvitingContext => ({ ...ctx, post })
  const from = { db: world.db, clock: world.clock, ip: '192.0.2.5', userAgent: 'test' }
  const alderAdmin = inviting(await world.person(world.alder, 'admin'))
  const northwindAdmin = inviting(await world.person(world.northwind, 'admin'))
  return { ...world, inviting, from, alderAdmin, northwindAdmin }
}

/** The same with a mail server, and what works its mails off; both end with the test. */
export async function mailingWorld({ refuse = 0 } = {}) {
  const world = await invitingWorld()
  const smtp = await openSmtp({ refuse })
  onTestFinished(smtp.close)
  const lines: string[] = []
  const open = (databaseUrl = world.url) =>
    openMail({
      databaseUrl,
      mail: { smtpUrl: smtp.url, from: 'Tokenry <desk@tokens.test>' },
      appUrl: APP_URL,
      log: createLog('debug', { write: (line) => lines.push(line) }),
      clock: world.clock,
      patience: { first: 1, longest: 1, times: 60 },
    })
  const close = await open()
  const sender = await openSender(world.db)
  let isOpen = true
  const stop = async () => {
    if (isOpen) await close()
    isOpen = false
  }
  onTestFinished(async () => {
    await stop()
    await sender.close()
  })
  const post: Post = (tx, job, options) => sender.send(tx, MAIL_QUEUE, job, options)
  return { ...world, smtp, post, lines, stop, open, mailing: (ctx: Context) => world.inviting(ctx, post) }
}
