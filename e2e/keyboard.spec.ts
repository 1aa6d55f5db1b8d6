import type { Locator, Page } from '@playwright/test'
import { statusOfMe } from './support/api'
import { clipboard, closeResult, dialog, enter, menuButton, row, toast } from './support/desk'
import { expect, test } from './support/test'

// Where the focus goes when a dialog has closed depends on what moves until then.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

/** Presses Tab until the focus stands there, as somebody does who has no pointer. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press(key)
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`${key} never reached ${target}`)
}

/** Opens a row's menu with the focus on its button, and goes down to an item. */
async function pick(page: Page, name: string, action: string): Promise<void> {
  await expect(menuButton(page, name)).toBeFocused()
  await page.keyboard.press('Enter')
  const item = page.getByRole('menuitem', { name: action, exact: true })
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  for (let at = await focused(); at !== action; at = await focused()) {
    await page.keyboard.press('ArrowDown')
    // The menu moves the focus a moment after the key: a second press before that would go past the item.
    await expect.poll(focused).not.toBe(at)
  }
  await expect(item).toBeFocused()
  await page.keyboard.press('Enter')
}

test('the first stop is the way past the frame', async ({ page, elm }) => {
  await enter(page, elm)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'New token' })).toBeFocused()
})

test('from creating to deleting a token nothing needs a pointer, and focus comes back each time', async ({
  page,
  elm,
}) => {
  await enter(page, elm)
  const newToken = page.getByRole('button', { name: 'New token' })

  await test.step('a dialog given up gives the focus back', async () => {
    await tabTo(page, newToken)
    await page.keyboard.press('Space')
    await expect(dialog(page, 'New token').getByRole('textbox', { name: 'Name' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(newToken).toBeFocused()
  })

  await test.step('create', async () => {
    await page.keyboard.press('Enter')
    const form = dialog(page, 'New token')
    await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused()
    await page.keyboard.type('Metering')
    await page.keyboard.press('Tab')
    await expect(form.getByRole('radio', { name: '90 days' })).toBeFocused()
    // Held for a moment, as by a finger: the choice follows the focus only while the key is down.
    await page.keyboard.down('ArrowRight')
    await expect(form.getByRole('radio', { name: '1 year' })).toBeFocused()
    await page.keyboard.up('ArrowRight')
    await expect(form.getByRole('radio', { name: '1 year' })).toBeChecked()
    await tabTo(page, form.getByRole('checkbox', { name: 'tokens:read' }))
    await page.keyboard.press('Space')
    await expect(form.getByRole('checkbox', { name: 'tokens:read' })).toBeChecked()
    await tabTo(page, form.getByRole('button', { name: 'Generate' }))
    await page.keyboard.press('Enter')
  })

  await test.step('copy', async () => {
    const generated = dialog(page, 'Token generated')
    await expect(generated.getByRole('button', { name: 'Copy' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(toast(page, 'Token copied')).toBeVisible()
    expect(await statusOfMe(await clipboard(page))).toBe(200)
    await tabTo(page, generated.getByRole('button', { name: 'Done' }))
    await page.keyboard.press('Enter')
    await expect(newToken).toBeFocused()
  })

  await test.step('edit', async () => {
    await tabTo(page, menuButton(page, 'Metering'))
    await pick(page, 'Metering', 'Edit')
    await expect(dialog(page, 'Edit Metering').getByRole('textbox', { name: 'Name' })).toBeFocused()
    await page.keyboard.press('End')
    await page.keyboard.type(' gateway')
    await page.keyboard.press('Enter')
    await expect(toast(page, 'Token successfully updated')).toBeVisible()
    await expect(menuButton(page, 'Metering gateway')).toBeFocused()
  })

  await test.step('a menu given up gives the focus back', async () => {
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(menuButton(page, 'Metering gateway')).toBeFocused()
  })

  await test.step('revoke', async () => {
    await pick(page, 'Metering gateway', 'Revoke')
    const asking = dialog(page, 'Revoke Metering gateway?')
    await expect(asking.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(menuButton(page, 'Metering gateway')).toBeFocused()
    await pick(page, 'Metering gateway', 'Revoke')
    await expect(asking.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(asking.getByRole('button', { name: 'Revoke' })).toBeFocused()
    await page.keyboard.press('Enter')
    await closeResult(page)
    await expect(menuButton(page, 'Metering gateway')).toBeFocused()
  })

  await test.step('restore and revoke again', async () => {
    await pick(page, 'Metering gateway', 'Restore')
    await expect(toast(page, 'Token successfully restored')).toBeVisible()
    await expect(menuButton(page, 'Metering gateway')).toBeFocused()
    await expect(row(page, 'Metering gateway')).toContainText('Active')
    await pick(page, 'Metering gateway', 'Revoke')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect(row(page, 'Metering gateway')).toContainText('Revoked')
    await page.keyboard.press('Escape')
    await expect(menuButton(page, 'Metering gateway')).toBeFocused()
  })

  await test.step('delete', async () => {
    await pick(page, 'Metering gateway', 'Delete')
    const asking = dialog(page, 'Delete Token')
    await expect(asking.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(menuButton(page, 'Metering gateway')).toBeFocused()
    await pick(page, 'Metering gateway', 'Delete')
    await expect(asking.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(asking.getByRole('button', { name: 'Delete' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(toast(page, 'Token successfully deleted')).toBeVisible()
    await expect(row(page, 'Metering gateway')).toHaveCount(0)
    await expect(menuButton(page, 'Default')).toBeFocused()
  })
})
