import { expect, onTestFinished, vi } from 'vitest'
import { openSender } from '#db/queue'
import { requestPasswordReset } from '#lib/accounts/request-password-reset'
import { peopleWorld } from '#lib/accounts/testing/people'
import { createLog } from '#lib/log'
import { MAIL_QUEUE } from '#lib/mail/job'
import { openSmtp } from '#lib/mail/testing/smtp'
import { openMail } from '#lib/mail/worker'

const THERE = '192.0.2.77'

/** People with passwords, and a mail server that works; all of it ends with the test. */
export async function mailingPeople() {
  const world = await peopleWorld()
  const smtp = await openSmtp()
  onTestFinished(smtp.close)
  const close = await openMail({
    databaseUrl: world.url,
    mail: { smtpUrl: smtp.url, from: 'desk@tokens.test' },
    appUrl: 'https://tokens.test',
    log: createLog('silent'),
    clock: world.clock,
  })
  let isOpen = true
  const stop = async () => {
    if (isOpen) await close()
    isOpen = false
  }
  onTestFinished(stop)
  const sender = await openSender(world.db)
  onTestFinished(sender.close)
  const from = { db: world.db, clock: world.clock, ip: THERE, userAgent: 'test' }
  const ask = (email: string, ip = THERE) =>
    requestPasswordReset({ ...from, ip, post: (tx, job) => sender.send(tx, MAIL_QUEUE, job) }, { email })
  /** The latest mail, once there are so many. */
  const arrived = async (count: number) => {
    await vi.waitFor(() => expect(smtp.mails.length).toBeGreaterThanOrEqual(count), { timeout: 15_000, interval: 100 })
    const mail = smtp.mails[count - 1]
    if (mail === undefined) throw new Error('no mail')
    return mail
  }
  return { ...world, smtp, from, ask, arrived, stop }
}
