import type { Page } from '@playwright/test'
import { customerMenu, openCustomers, openNewCustomer, untilOpen } from './support/customers'
import { dialog, openTokens, row, signIn, toast } from './support/desk'
import { browserFor, LOOKS, look } from './support/look'
import { DEMO_PASSWORD } from './support/organization'
import { makeReseller, type TestReseller } from './support/reseller'
import { test as base, expect } from './support/test'

const test = base.extend<{ westbay: TestReseller }>({
  // biome-ignore lint/correctness/noEmptyPattern: the fixture needs none of the others
  westbay: async ({}, use) => {
    const westbay = await makeReseller()
    await use(westbay)
    await westbay.close()
  },
})

async function choose(page: Page, name: string, action: string): Promise<void> {
  await customerMenu(page, name).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

test('a platform admin opens a reseller, by keyboard alone', async ({ page, westbay }) => {
  await signIn(page, 'admin@demo.example', DEMO_PASSWORD)
  await openCustomers(page, 'platform')
  const opener = page.getByRole('button', { name: 'New customer' })
  const form = dialog(page, 'New customer')
  await untilOpen(form, async () => {
    await opener.focus()
    await page.keyboard.press('Enter')
  })
  await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused()
  const name = `Östbay ${westbay.slug.slice(-6)}`
  await page.keyboard.type(name)
  await expect(form.getByRole('textbox', { name: 'Slug' })).toHaveValue(`ostbay-${westbay.slug.slice(-6)}`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  // As long as a finger takes: the choice follows the focus while the key is down.
  await page.keyboard.press('ArrowRight', { delay: 100 })
  await expect(form.getByRole('radio', { name: 'Reseller' })).toBeChecked()
  await page.keyboard.press('Tab')
  await expect(form.getByRole('radio', { name: 'Lite' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.type('sales@ostbay.example')
  await page.keyboard.press('Enter')
  await expect(toast(page, `${name} is open`)).toBeVisible()
  await expect(opener).toBeFocused()
  await page.getByRole('searchbox', { name: 'Search customers' }).fill(name)
  await expect(page).toHaveURL(/[?&]q=/)
  await expect(row(page, name)).toContainText('Reseller, 0 customers')
  await expect(row(page, name)).toContainText('1 of 1')
  await row(page, name).getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Tokens', level: 1 })).toBeVisible()
  await expect(row(page, 'Default')).toContainText('not revealed yet')
})

test('a reseller opens a customer, cannot choose a tier above its own, and is told of a slug that is taken', async ({
  page,
  westbay,
}) => {
  await westbay.setTier('Lite')
  await signIn(page, westbay.admin)
  await openCustomers(page, westbay.slug)
  await expect(page.getByRole('heading', { name: 'No customers yet' })).toBeVisible()
  const form = await openNewCustomer(page)
  await expect(form.getByRole('radio', { name: 'Lite' })).toBeChecked()
  await expect(form.getByRole('radio', { name: 'Advanced' })).toBeDisabled()
  await expect(form.getByRole('radiogroup', { name: 'Tier' })).toHaveAccessibleDescription(
    /Westbay \w+ has Lite, so it can't grant a higher tier\./,
  )
  await form.getByRole('textbox', { name: 'Name' }).fill('Hazel')
  const slug = form.getByRole('textbox', { name: 'Slug' })
  await slug.fill('alder')
  await form.getByRole('button', { name: 'Open' }).click()
  await expect(slug).toHaveAccessibleDescription('The slug "alder" is taken. Choose another.')
  await expect(slug).toBeFocused()
  await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('Hazel')
  await slug.fill(`hazel-${westbay.slug}`)
  await form.getByRole('textbox', { name: 'Contact' }).fill('javascript:alert(1)')
  await form.getByRole('button', { name: 'Open' }).click()
  await expect(form.getByRole('textbox', { name: 'Contact' })).toHaveAccessibleDescription(/e-mail address, or a URL/)
  await form.getByRole('textbox', { name: 'Contact' }).fill('')
  await form.getByRole('button', { name: 'Open' }).click()
  await expect(row(page, 'Hazel')).toContainText('Lite')
  await expect(page.getByText(/^1 customer below Westbay \w+\. Hazel is at its limit\.$/)).toBeVisible()
})

test('suspend, resume and close are asked for, done and told', async ({ page, westbay }) => {
  const hazel = await westbay.open('Hazel', 'Advanced')
  await signIn(page, westbay.admin)
  await openCustomers(page, westbay.slug)
  await untilOpen(page.getByRole('menu'), () => customerMenu(page, 'Hazel').click())
  await page.getByRole('menuitem', { name: 'Suspend' }).click()
  await expect(dialog(page, 'Suspend Hazel?').getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expect(dialog(page, 'Suspend Hazel?')).toContainText('1 active token stops.')
  await dialog(page, 'Suspend Hazel?').getByRole('button', { name: 'Suspend' }).click()
  await expect(toast(page, 'Hazel is suspended')).toBeVisible()
  await expect(row(page, 'Hazel')).toContainText('Suspended')
  await expect(customerMenu(page, 'Hazel')).toBeFocused()

  await choose(page, 'Hazel', 'Resume')
  await expect(toast(page, 'Hazel is resumed')).toBeVisible()
  await expect(row(page, 'Hazel')).not.toContainText('Suspended')

  await choose(page, 'Hazel', 'Close')
  const closing = dialog(page, 'Close Hazel?')
  await expect(closing).toContainText('1 active token is revoked, and no members lose access.')
  await closing.getByRole('textbox').fill('Hassle')
  await closing.getByRole('button', { name: 'Close customer' }).click()
  await expect(closing.getByRole('textbox')).toHaveAccessibleDescription('Type Hazel to close it.')
  await closing.getByRole('textbox').fill('Hazel')
  await page.keyboard.press('Enter')
  await expect(toast(page, 'Hazel is closed')).toBeVisible()
  await expect(row(page, 'Hazel')).toContainText('Closed')
  await customerMenu(page, 'Hazel').click()
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Open'])
  await page.keyboard.press('Escape')
  await openTokens(page, hazel.slug)
  await expect(row(page, 'Default')).toContainText('Revoked')
  await expect(page.getByRole('button', { name: 'New token' })).toHaveCount(0)
})

test('lowering a reseller tells beforehand what happens, and caps its customers until it is raised', async ({
  page,
  westbay,
  browserOf,
}) => {
  const hazel = await westbay.open('Hazel', 'Advanced', 3)
  await signIn(page, 'admin@demo.example', DEMO_PASSWORD)
  await openCustomers(page, 'platform', `?edit=${westbay.slug}`)
  const form = dialog(page, 'Edit customer')
  await expect(form).toContainText(westbay.name)
  await form.getByRole('radio', { name: 'Lite' }).click()
  await expect(form.getByRole('status')).toContainText('Below it, Hazel has 3 of 1 tokens then')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'Customer successfully updated')).toBeVisible()
  await expect(page).toHaveURL(/\/o\/platform\/customers$/)

  const reseller = await browserOf(westbay.admin)
  await openCustomers(reseller, westbay.slug)
  await expect(row(reseller, 'Hazel')).toContainText(`Advanced, limited to Lite by ${westbay.name}`)
  await expect(row(reseller, 'Hazel')).toContainText(
    `Hazel's 3 tokens keep working. It gets no new one until ${westbay.name} is raised to Advanced, or all 3 are revoked.`,
  )
  await openTokens(reseller, hazel.slug)
  await reseller.getByRole('button', { name: 'New token' }).click()
  const limit = dialog(reseller, 'New token')
  await expect(limit).toContainText('Hazel has 3 of 1 active tokens, the limit of Lite.')
  await limit.getByRole('link', { name: 'Change tier' }).click()
  await expect(dialog(reseller, 'Edit customer')).toContainText('Hazel')
  await expect(reseller).toHaveURL(new RegExp(`/o/${westbay.slug}/customers\\?edit=`))
})

test('the switcher finds what is below by typing, and Enter goes there', async ({ page, westbay }) => {
  const hazel = await westbay.open('Hazel of the switcher', 'Lite')
  await signIn(page, westbay.admin)
  await openTokens(page, westbay.slug)
  await page.getByRole('button', { name: 'Switch organization' }).click()
  const search = page.getByRole('combobox', { name: 'Search organizations' })
  await expect(search).toBeFocused()
  await expect(page.getByRole('option')).toHaveCount(2)
  await page.keyboard.type('hazel of')
  await expect(page.getByRole('option')).toHaveCount(1)
  await expect(page.getByRole('option', { name: 'Hazel of the switcher' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/o/${hazel.slug}/tokens$`))
})

test('only who administers what stands below sees Customers', async ({ page, elm, browserOf }) => {
  await signIn(page, elm.admin)
  await openTokens(page, elm.slug)
  await expect(page.getByRole('link', { name: 'Customers' })).toHaveCount(0)
  for (const slug of [elm.slug, 'northwind', 'platform'])
    expect((await page.request.get(`/o/${slug}/customers`)).status()).toBe(404)
  const reseller = await browserOf('reseller@demo.example', DEMO_PASSWORD)
  expect((await reseller.request.get('/o/northwind/customers')).status()).toBe(200)
  expect((await reseller.request.get(`/o/${elm.slug}/customers`)).status()).toBe(404)
  expect((await reseller.request.get('/o/southgate/customers')).status()).toBe(404)
})

for (const as of LOOKS)
  test.describe(`at ${as.width}`, () => {
    test.use(browserFor(as))

    test('axe finds no fault with Customers and its dialogs, and nothing scrolls sideways', async ({
      page,
      westbay,
    }) => {
      test.setTimeout(180_000)
      await signIn(page, westbay.admin)
      await openCustomers(page, westbay.slug)
      await look(page, 'customers-empty', as)
      await westbay.fill()
      await openCustomers(page, westbay.slug)
      await look(page, 'customers', as, true)
      await openCustomers(page, westbay.slug, '?below=all&sort=-opened')
      await look(page, 'customers-all-levels', as, true)
      await openNewCustomer(page)
      await look(page, 'new-customer-dialog', as)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      for (const [action, title] of [
        ['Suspend', 'Suspend Dogwood?'],
        ['Close', 'Close Dogwood?'],
        ['Edit customer', 'Edit customer'],
      ] as const) {
        await choose(page, 'Dogwood', action)
        await expect(dialog(page, title)).toBeVisible()
        if (action === 'Edit customer') await dialog(page, title).getByRole('radio', { name: 'Lite' }).click()
        await expect(dialog(page, title)).not.toContainText('Counting')
        await look(page, `customer-${action.split(' ')[0]?.toLowerCase()}-dialog`, as)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      }
      await customerMenu(page, 'Dogwood').click()
      await look(page, 'customer-menu', as)
      await page.keyboard.press('Escape')
      await openTokens(page, westbay.slug)
      if (as.width < 1024) await page.getByRole('button', { name: 'Switch organization' }).last().click()
      else await page.getByRole('button', { name: 'Switch organization' }).first().click()
      await expect(page.getByRole('option')).not.toHaveCount(1)
      await look(page, 'switcher', as)
    })
  })
