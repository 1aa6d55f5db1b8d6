import type { Browser, Page } from '@playwright/test'
import { linkIn, type Received } from '#lib/mail/testing/smtp'
import { statusOfMe } from './support/api'
import { customerMenu, openCustomers, openNewCustomer, untilOpen } from './support/customers'
import { dialog, generate, offered, openTokens, row, show, signIn, toast } from './support/desk'
import { openMailingDesk } from './support/mailing'
import { DEMO_PASSWORD } from './support/organization'
import { expect, test } from './support/test'

const PASSWORD = 'a password of their own'
const ADMIN = 'admin@demo.example'
const RITA = 'rita@westwind.example'
const LOU = 'lou@linden.example'

/** Fills in "New customer" but for its tier, and sends it. */
async function openCustomer(page: Page, name: string, contact: string, admin: string, tier: string): Promise<void> {
  const form = await openNewCustomer(page)
  await form.getByRole('textbox', { name: 'Name' }).fill(name)
  await form.getByRole('radio', { name: tier }).click()
  await form.getByRole('textbox', { name: 'Contact' }).fill(contact)
  await form.getByRole('textbox', { name: "First admin's email" }).fill(admin)
}

/** Opens the link of a mail in a browser of its reader's own and accepts; gives the page it leads to. */
async function accept(browser: Browser, baseURL: string, mail: Received, name: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL })).newPage()
  await page.goto(`/invite#${linkIn(mail)}`)
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Accept invitation' }).click()
  await expect(page.getByRole('heading', { name: 'Tokens', level: 1 })).toBeVisible()
  return page
}

/** Gives a customer another tier by "Edit customer"; `seen` looks at the dialog before it is saved. */
async function setTier(page: Page, name: string, tier: string, seen?: () => Promise<void>): Promise<void> {
  const form = dialog(page, 'Edit customer')
  await untilOpen(page.getByRole('menu'), () => customerMenu(page, name).click())
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await form.getByRole('radio', { name: tier }).click()
  await seen?.()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'Customer successfully updated')).toBeVisible()
}

test('from the platform to a revealed token: each level is invited by mail, grants no more than it has, and is told whom to ask', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  await using resources = new AsyncDisposableStack()
  const { url, arrived } = await openMailingDesk(resources, 'delegation')
  const admin = await (await browser.newContext({ baseURL: url })).newPage()
  await signIn(admin, ADMIN, DEMO_PASSWORD)

  await test.step('the platform admin makes a tier, and opens a reseller below it', async () => {
    await admin.goto('/o/platform/settings?tab=tiers')
    const making = dialog(admin, 'New tier')
    await untilOpen(making, () => admin.getByRole('button', { name: 'New tier' }).click({ timeout: 2000 }))
    await making.getByRole('textbox', { name: 'Name' }).fill('Enterprise')
    await making.getByRole('textbox', { name: 'Rank' }).fill('3')
    await making.getByRole('textbox', { name: 'Token limit' }).fill('50')
    await making.getByRole('button', { name: 'Create tier' }).click()
    await expect(toast(admin, 'Tier created')).toBeVisible()
    await openCustomers(admin, 'platform')
    await openCustomer(admin, 'Westwind', 'support@westwind.example', RITA, 'Advanced')
    const form = dialog(admin, 'New customer')
    await form.getByRole('radio', { name: 'Reseller' }).click()
    await form.getByRole('button', { name: 'Open' }).click()
    await expect(toast(admin, 'Westwind is open')).toBeVisible()
  })

  const invited = await arrived(1)
  expect(invited).toMatchObject({ to: [RITA], subject: 'Invitation to Westwind' })
  const rita = await accept(browser, url, invited, 'Rita')

  await test.step('the reseller opens a customer and cannot choose a tier above its own', async () => {
    await openCustomers(rita, 'westwind')
    await openCustomer(rita, 'Linden', 'office@linden.example', LOU, 'Lite')
    const form = dialog(rita, 'New customer')
    await expect(form.getByRole('radio', { name: 'Enterprise' })).toBeDisabled()
    await expect(form.getByRole('radio', { name: 'Advanced' })).toBeEnabled()
    await form.getByRole('button', { name: 'Open' }).click()
    await expect(row(rita, 'Linden')).toContainText('1 of 1')
    await openTokens(rita, 'linden')
    await expect(row(rita, 'Default')).toContainText(`Waiting for ${LOU} to accept`)
    expect(await offered(rita, 'Default')).not.toContain('Reveal')
  })

  const toLou = await arrived(2)
  expect(toLou).toMatchObject({ to: [LOU], subject: 'Invitation to Linden' })
  const lou = await accept(browser, url, toLou, 'Lou')

  await test.step("the customer's first admin reveals Default, and only now does the reseller see that it is in use", async () => {
    await expect(row(lou, 'Default')).toContainText('Handed over by Westwind, not revealed yet')
    await row(lou, 'Default').getByRole('button', { name: 'Reveal Default' }).click()
    const revealing = dialog(lou, /Default/)
    const secret = await show(revealing)
    await revealing.getByRole('button', { name: 'Copy' }).click()
    await revealing.getByRole('button', { name: 'Done' }).click()
    expect(await statusOfMe(secret, url)).toBe(200)
    await expect(row(rita, 'Default')).not.toContainText('Waiting for')
    expect(await offered(rita, 'Default')).not.toContain('Reveal')
    await row(lou, 'Default').getByRole('link', { name: 'Default' }).click()
    await expect(lou.getByRole('main')).toContainText(LOU)
    await expect(lou.getByRole('main')).toContainText(RITA)
  })

  const newToken = async () => {
    await openTokens(lou, 'linden')
    await lou.getByRole('button', { name: 'New token' }).click()
    return dialog(lou, 'New token')
  }
  await test.step('Lite refuses a second token and says whom to ask', async () => {
    const form = await newToken()
    await expect(form).toContainText('Linden has 1 of 1 active tokens, the limit of Lite.')
    await expect(form.getByRole('link', { name: 'Ask Westwind' })).toHaveAttribute(
      'href',
      /^mailto:support@westwind\.example/,
    )
  })

  await test.step('the reseller raises the tier, and the second works', async () => {
    await openCustomers(rita, 'westwind')
    await setTier(rita, 'Linden', 'Advanced')
    await openTokens(lou, 'linden')
    const generated = await generate(lou, 'Reading service')
    const secret = await show(generated)
    await generated.getByRole('button', { name: 'Copy' }).click()
    await generated.getByRole('button', { name: 'Done' }).click()
    expect(await statusOfMe(secret, url)).toBe(200)
  })

  await test.step('the reseller is lowered, is told what it hits, and both screens say so', async () => {
    await openCustomers(admin, 'platform')
    await setTier(admin, 'Westwind', 'Lite', () =>
      expect(dialog(admin, 'Edit customer').getByRole('status')).toContainText('Linden has 2 of 1 tokens then'),
    )
    await openCustomers(rita, 'westwind')
    await expect(row(rita, 'Linden')).toContainText('Advanced, limited to Lite by Westwind')
    const form = await newToken()
    await expect(form).toContainText('Linden has 2 of 1 active tokens')
    await expect(form.getByRole('link', { name: 'Ask Westwind' })).toBeVisible()
    await lou.keyboard.press('Escape')
    await expect(lou.getByText('limited to Lite by Westwind').first()).toBeVisible()
  })

  // Before the server, or the open pages would complain that it is gone.
  for (const page of [admin, rita, lou]) await page.context().close()
})
