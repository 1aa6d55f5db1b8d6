import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { dialog } from './desk'

/** The button that opens a customer's menu. */
export const customerMenu = (page: Page, name: string) =>
  page.getByRole('button', { name: `Actions for ${name}`, exact: true })

/** Opens Customers of an organization. */
export async function openCustomers(page: Page, slug: string, query = ''): Promise<void> {
  await page.goto(`/o/${slug}/customers${query}`)
  // By its tag: an open dialog takes the page behind it away from assistive technology.
  await expect(page.locator('h1')).toHaveText('Customers')
}

/** Does what opens a dialog until it stands there: a press on a page that is not alive yet is lost. */
export async function untilOpen(opened: Locator, press: () => Promise<void>): Promise<void> {
  await expect(async () => {
    if (!(await opened.isVisible())) await press()
    await expect(opened).toBeVisible({ timeout: 3000 })
  }).toPass()
}

/** Opens the dialog "New customer". */
export async function openNewCustomer(page: Page): Promise<Locator> {
  const form = dialog(page, 'New customer')
  await untilOpen(form, () => page.getByRole('button', { name: 'New customer' }).click({ timeout: 2000 }))
  return form
}
