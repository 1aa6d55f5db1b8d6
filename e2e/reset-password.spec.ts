import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase } from '#db/client'
import { insertLogin } from '#db/queries/logins'
import { findUserByEmailKey } from '#db/queries/users'
import { linkIn } from '#lib/mail/testing/smtp'
import { signIn } from './support/desk'
import { browserFor, LOOKS, look } from './support/look'
import { openMailingDesk } from './support/mailing'
import { DEMO_PASSWORD } from './support/organization'
import { expect, test } from './support/test'

const NEW_PASSWORD = 'an entirely new password'

/** Somebody else's login, at a provider, that opens a person's account. */
async function linkLogin(databaseUrl: string, email: string): Promise<void> {
  const db = openDatabase(databaseUrl, { connections: 1 })
  const user = await findUserByEmailKey(db, email)
  if (user === null) throw new Error(`nobody signs in as ${email}`)
  const login = { issuer: 'https://login.example.com/', subject: 'intruder', userId: user.id, createdAt: new Date() }
  await db.transaction((tx) => insertLogin(tx, login))
  await db.close()
}

test('whoever forgot the password sets a new one by a link from a mail, also where the mail server was down', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  await using resources = new AsyncDisposableStack()
  const { url, databaseUrl, smtp, arrived } = await openMailingDesk(resources, 'mail')
  const context = await browser.newContext({ baseURL: url })
  const page = await context.newPage()
  const ask = async (email: string) => {
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Forgot password?' }).click()
    await expect(page.getByRole('heading', { name: 'Reset password' })).toBeVisible()
    await page.getByRole('textbox', { name: 'Email' }).fill(email)
    await page.getByRole('button', { name: 'Send link' }).click()
    await expect(page.getByRole('main').getByRole('status')).toHaveText(
      `If ${email} has an account, a mail with a link is on its way to it. The link works for an hour.`,
    )
  }

  const elsewhere = await (await browser.newContext({ baseURL: url })).newPage()
  await signIn(elsewhere, 'viewer@demo.example', DEMO_PASSWORD)

  await test.step('the answer is the same without an account, and only a person with one gets a mail', async () => {
    await smtp.down()
    await ask('nobody@nowhere.example')
    await ask('viewer@demo.example')
    await pause(2_000)
    await smtp.up()
    expect(await arrived(1)).toMatchObject({ to: ['viewer@demo.example'] })
  })

  await test.step('the link leads to a new password, which ends all other sessions and logins, and says so', async () => {
    await linkLogin(databaseUrl, 'viewer@demo.example')
    const link = linkIn(await arrived(1))
    await page.goto(`/reset-password#${link}`)
    const password = page.getByLabel('New password', { exact: true })
    await expect(page).toHaveURL('/reset-password')
    await password.fill('short')
    await page.getByRole('button', { name: 'Set password' }).click()
    await expect(password).toHaveAccessibleDescription('Use at least 12 characters.')
    await password.fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Set password' }).click()
    await expect(page.getByRole('main').getByRole('status')).toContainText('linked to this account is unlinked')
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect(page).toHaveURL('/o/alder/tokens')
    await elsewhere.goto('/o/alder/tokens')
    await expect(elsewhere).toHaveURL(/\/sign-in/)
    await signIn(elsewhere, 'viewer@demo.example', NEW_PASSWORD)

    await elsewhere.goto(`/reset-password#${link}`)
    await elsewhere.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD)
    await elsewhere.getByRole('button', { name: 'Set password' }).click()
    await expect(elsewhere.getByRole('main').getByRole('alert')).toContainText('This link has run out, was used')
    await elsewhere.getByRole('button', { name: 'Ask for a new link' }).click()
    await expect(elsewhere.getByRole('button', { name: 'Send link' })).toBeVisible()
  })

  await test.step('an invitation goes out by mail, and the inviter sees no link', async () => {
    const admin = await (await browser.newContext({ baseURL: url })).newPage()
    await signIn(admin, 'owner@demo.example', DEMO_PASSWORD)
    await admin.goto('/o/alder/members')
    await admin.getByRole('button', { name: 'Invite member' }).click()
    const form = admin.getByRole('dialog', { name: 'Invite member' })
    await form.getByRole('textbox', { name: 'Email' }).fill('mailed@alder.example')
    await form.getByRole('button', { name: 'Invite' }).click()
    await expect(admin.getByRole('status').filter({ hasText: 'Invitation sent to mailed@alder.example' })).toBeVisible()
    const mail = await arrived(2)
    expect(mail).toMatchObject({ to: ['mailed@alder.example'], subject: 'Invitation to Alder' })
    const theirs = await (await browser.newContext({ baseURL: url })).newPage()
    await theirs.goto(`/invite#${linkIn(mail)}`)
    await theirs.getByRole('textbox', { name: 'Your name' }).fill('Mia')
    await theirs.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD)
    await theirs.getByRole('button', { name: 'Accept invitation' }).click()
    await expect(theirs).toHaveURL('/o/alder/tokens')
    for (const each of [admin, theirs]) await each.context().close()
  })

  await test.step('it looks right', async () => {
    for (const as of LOOKS) {
      const { colorScheme, viewport } = browserFor(as)
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(viewport)
      await page.goto('/reset-password')
      await expect(page.getByRole('button', { name: 'Send link' })).toBeVisible()
      await look(page, 'reset-password', as)
    }
  })

  // Before the server, or the open pages would complain that it is gone.
  await elsewhere.context().close()
  await context.close()
})

test('without a mail server the page says whom to ask', async ({ page }) => {
  await page.goto('/reset-password')
  await expect(page.getByText('This Tokenry sends no mail. Ask an admin of your organization')).toBeVisible()
  await expect(page.getByRole('textbox')).toHaveCount(0)
})
