import { findUserByEmailKey } from '#db/queries/users'
import { devices } from '#db/schema/devices'
import { dialog, signIn, toast } from './support/desk'
import { invite, openInvitations, untilAlive } from './support/invitations'
import { browserFor, LOOKS, look } from './support/look'
import type { TestOrganization } from './support/organization'
import { expect, test } from './support/test'

const NEW_PASSWORD = 'a password of their own'

const newcomer = (elm: TestOrganization, name = 'ada') => `${name}@${elm.slug}.example`

test('an invited person sees who invites to what, accepts with a name and a password, and is a member', async ({
  page,
  browser,
  elm,
}) => {
  await signIn(page, elm.admin)
  await openInvitations(page, elm)
  const email = newcomer(elm)
  const link = await invite(page, email, 'Member')
  expect(link).toMatch(/\/invite#[\w-]{22}$/)
  await expect(page.getByText(`Waiting for ${email} to accept`)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Invite member' })).toBeFocused()

  const context = await browser.newContext()
  const theirs = await context.newPage()
  await theirs.goto(link)
  await expect(theirs.getByRole('heading', { name: 'Accept invitation' })).toBeVisible()
  await expect(
    theirs.getByText(`admin (${elm.admin}) invites you to ${elm.name} on Tokenry Demo as Member`),
  ).toBeVisible()
  await expect(theirs).toHaveURL('/invite')
  await theirs.reload()
  await expect(theirs.getByRole('textbox', { name: 'Email' })).toHaveValue(email)
  await expect(theirs.getByRole('textbox', { name: 'Email' })).not.toBeEditable()
  await theirs.getByRole('textbox', { name: 'Your name' }).fill('Ada')
  const password = theirs.getByLabel('Password', { exact: true })
  await password.fill('short')
  await theirs.getByRole('button', { name: 'Accept invitation' }).click()
  await expect(password).toHaveAccessibleDescription('Use at least 12 characters.')
  await expect(theirs.getByRole('textbox', { name: 'Your name' })).toHaveValue('Ada')
  await password.fill(NEW_PASSWORD)
  await theirs.getByRole('button', { name: 'Accept invitation' }).click()
  await expect(theirs).toHaveURL(`/o/${elm.slug}/tokens`)
  await expect(theirs.getByRole('button', { name: email })).toBeVisible()
  await context.close()

  await test.step('the link is used up, and says what to do', async () => {
    const late = await (await browser.newContext()).newPage()
    await late.goto(link)
    await expect(late.getByRole('main').getByRole('alert')).toContainText('This invitation was accepted already.')
    await expect(late.getByRole('textbox')).toHaveCount(0)
    await late.context().close()
  })
  await page.reload()
  await expect(page.getByText(`Waiting for ${email} to accept`)).toHaveCount(0)
})

test('an invitation is narrowed to devices as a member is, and an admin has them all', async ({ page, elm }) => {
  await elm.db.insert(devices).values([
    { organizationId: elm.organization.id, id: 'meter-7', name: 'Cellar', nameKey: 'cellar', createdAt: new Date() },
    { organizationId: elm.organization.id, id: 'meter-8', name: 'Roof', nameKey: 'roof', createdAt: new Date() },
  ])
  await signIn(page, elm.admin)
  await openInvitations(page, elm)
  await page.getByRole('button', { name: 'Invite member' }).click()
  const form = dialog(page, 'Invite member')
  await form.getByRole('radio', { name: 'Chosen devices' }).click()
  await form.getByRole('checkbox', { name: /Cellar/ }).press('Space')
  await form.getByRole('radio', { name: 'Admin' }).click()
  await expect(form.getByRole('radio', { name: 'Chosen devices' })).toHaveCount(0)
  await form.getByRole('radio', { name: 'Viewer' }).click()
  await expect(form.getByRole('checkbox', { name: /Cellar/ })).toBeChecked()
  await form.getByRole('textbox', { name: 'Email' }).fill(newcomer(elm))
  await form.getByRole('button', { name: 'Invite' }).click()
  await dialog(page, 'Invitation link').getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('Viewer, 1 device, invited by')).toBeVisible()
})

test('sent again the old link is void, and withdrawn the new one too', async ({ page, browser, elm }) => {
  await signIn(page, elm.admin)
  await openInvitations(page, elm)
  const email = newcomer(elm)
  const first = await invite(page, email, 'Viewer')
  const resend = page.getByRole('button', { name: `Resend invitation to ${email}` })
  await resend.click()
  const given = dialog(page, 'Invitation link')
  const second = await given.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.keyboard.press('Escape')
  await expect(resend).toBeFocused()
  const theirs = await (await browser.newContext()).newPage()
  await theirs.goto(first)
  const alert = theirs.getByRole('main').getByRole('alert')
  await expect(alert).toContainText('This link does not work: a newer one may have taken its place.')
  await page.getByRole('button', { name: `Withdraw invitation of ${email}` }).click()
  await expect(toast(page, `Invitation of ${email} withdrawn`)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Open invitations' })).toHaveCount(0)
  await theirs.goto('about:blank')
  await theirs.goto(second)
  await expect(alert).toContainText('This invitation was withdrawn. Ask admin')
  await theirs.context().close()
})

test('whoever has an account signs in to accept, and is asked where it is not the invited one', async ({
  page,
  browser,
  elm,
}) => {
  await signIn(page, elm.admin)
  await openInvitations(page, elm)
  const email = newcomer(elm)
  const link = await invite(page, email, 'Admin')
  const context = await browser.newContext()
  const theirs = await context.newPage()
  await theirs.goto(link)
  await theirs.getByRole('link', { name: 'Sign in to accept' }).click()
  await expect(theirs).toHaveURL(/\/sign-in\?next=/)
  await theirs.getByRole('textbox', { name: 'Email' }).fill('cedar@demo.example')
  await theirs.getByLabel('Password', { exact: true }).fill('tokenry-demo')
  await untilAlive(theirs, 'form')
  await theirs.getByRole('button', { name: 'Sign in' }).click()
  await expect(theirs).toHaveURL('/invite')
  await expect(
    theirs.getByText(`The invitation is to ${email}, and you are signed in as cedar@demo.example.`),
  ).toBeVisible()
  await expect(theirs.getByRole('textbox')).toHaveCount(0)
  await theirs.getByRole('button', { name: 'Accept as cedar@demo.example' }).click()
  await expect(theirs).toHaveURL(`/o/${elm.slug}/tokens`)
  await context.close()
  expect(await findUserByEmailKey(elm.db, email)).toBeNull()
})

test('who does not manage members gets 404 for its invitations', async ({ page, elm }) => {
  for (const who of [elm.member, elm.viewer, 'cedar@demo.example']) {
    await signIn(page, who, who.endsWith('demo.example') ? 'tokenry-demo' : undefined)
    expect((await page.goto(`/o/${elm.slug}/members`))?.status()).toBe(404)
  }
})

test('from above, what comes after the first admin waits until an admin of the organization approves', async ({
  page,
  browserOf,
  elm,
}) => {
  await signIn(page, 'reseller@demo.example', 'tokenry-demo')
  await openInvitations(page, elm)
  const email = newcomer(elm, 'helper')
  await page.getByRole('button', { name: 'Invite member' }).click()
  const form = dialog(page, 'Invite member')
  await expect(form).toContainText(`It waits until an admin of ${elm.name} approves it.`)
  await form.getByRole('textbox', { name: 'Email' }).fill(email)
  await form.getByRole('button', { name: 'Invite' }).click()
  await expect(toast(page, `Invitation kept until an admin of ${elm.name} approves it`)).toBeVisible()
  await expect(page.getByText(`Waiting for an admin of ${elm.name} to approve ${email}`)).toBeVisible()
  await expect(page.getByRole('button', { name: /^(Approve|Resend)/ })).toHaveCount(0)

  const admin = await browserOf(elm.admin)
  await openInvitations(admin, elm)
  await expect(admin.getByText('of Northwind')).toBeVisible()
  await admin.getByRole('button', { name: `Approve invitation of ${email}` }).click()
  await expect(dialog(admin, 'Invitation link')).toBeVisible()
  await admin.keyboard.press('Escape')
  await expect(admin.getByText(`Waiting for ${email} to accept`)).toBeVisible()
})

for (const as of LOOKS) {
  test(`invitations look right at ${as.width}`, async ({ browser, elm }) => {
    const context = await browser.newContext(browserFor(as))
    const page = await context.newPage()
    await signIn(page, elm.admin)
    await openInvitations(page, elm)
    await look(page, 'invitations-none', as)
    await page.getByRole('button', { name: 'Invite member' }).click()
    await expect(dialog(page, 'Invite member')).toBeVisible()
    await look(page, 'invite-member', as)
    await page.keyboard.press('Escape')
    const link = await invite(page, newcomer(elm), 'Viewer')
    await page.getByRole('button', { name: 'Resend' }).click()
    await expect(dialog(page, 'Invitation link')).toBeVisible()
    await look(page, 'invitation-link', as)
    const latest = await dialog(page, 'Invitation link').getByRole('textbox', { name: 'Link' }).inputValue()
    await page.keyboard.press('Escape')
    await look(page, 'invitations', as)
    await page.goto(latest)
    await expect(page.getByRole('button', { name: /^Accept as/ })).toBeVisible()
    await look(page, 'invite-signed-in', as)
    await page.context().clearCookies()
    await page.reload()
    await expect(page.getByRole('textbox', { name: 'Your name' })).toBeVisible()
    await look(page, 'invite', as)
    await page.goto('about:blank')
    await page.goto(link)
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
    await look(page, 'invite-void', as)
    await context.close()
  })
}
