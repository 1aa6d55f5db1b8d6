import { expect } from '@playwright/test'
import { openSmtp } from '#lib/mail/testing/smtp'
import { freePort } from './free-port'
import { makeDatabase } from './own-database'
import { startServer } from './start-server'

/** A desk with the sample data on a database of its own that sends mail by a real mail server, both the test's own. */
export async function openMailingDesk(resources: AsyncDisposableStack, purpose: string) {
  const smtp = await openSmtp()
  resources.defer(smtp.close)
  const database = await makeDatabase(resources, purpose)
  const port = await freePort()
  const server = await startServer({
    name: `${purpose}-server`,
    database,
    demo: true,
    env: {
      PORT: String(port),
      APP_URL: `http://127.0.0.1:${port}`,
      SMTP_URL: smtp.url,
      MAIL_FROM: 'desk@tokens.test',
    },
  })
  resources.defer(() => server.stop())
  /** The latest mail, once so many have arrived. */
  const arrived = async (count: number) => {
    await expect.poll(() => smtp.mails.length, { timeout: 40_000 }).toBe(count)
    const mail = smtp.mails.at(-1)
    if (mail === undefined) throw new Error('no mail')
    expect(mail.text).toContain(`${server.url}/`)
    return mail
  }
  return { url: server.url, databaseUrl: database.url, smtp, arrived }
}
