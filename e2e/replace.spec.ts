import { statusOfMe } from './support/api'
import { runCurl } from './support/curl'
import { clipboard, dialog, openTokens, row, show, signIn } from './support/desk'
import { DEMO_PASSWORD } from './support/organization'
import { expect, test } from './support/test'

test("Netra's way: Cedar's one token makes way for a new one, named beforehand, whose printed lines get usage and a report", async ({
  page,
  browserOf,
}) => {
  await signIn(page, 'cedar@demo.example', DEMO_PASSWORD)
  await openTokens(page, 'cedar')
  await page.getByRole('button', { name: 'New token' }).click()
  const form = dialog(page, 'New token')
  await expect(form).toContainText('Cedar has 1 of 1 active tokens, the limit of Single.')
  await expect(form).toContainText('This one takes the place of Default.')
  await form.getByRole('textbox', { name: 'Name' }).fill('Default')
  await form.getByRole('button', { name: 'Generate' }).click()

  const asking = dialog(page, 'Replace Default?')
  await expect(asking).toContainText('Every verifier refuses Default at once.')
  await expect(asking).not.toContainText('no working token')
  await expect(asking.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await asking.getByRole('button', { name: 'Cancel' }).click()
  await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('Default')
  await form.getByRole('button', { name: 'Generate' }).click()
  await asking.getByRole('button', { name: 'Replace' }).click()
  const generated = dialog(page, 'Token generated')
  const secret = await show(generated)
  await generated.getByRole('button', { name: 'Copy' }).click()
  expect(await clipboard(page)).toBe(secret)
  await generated.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(row(page, 'Default')).toContainText('Just now')
  expect(await statusOfMe(secret)).toBe(200)

  await row(page, 'Default').getByRole('link').click()
  const lines = page.getByRole('region', { name: 'Use it' })
  const printed = async (label: string) => {
    await lines.getByRole('button', { name: `Copy: ${label}` }).click()
    return clipboard(page)
  }
  const usage = JSON.parse(String(await runCurl(await printed('How tokens were used in the last 7 days'), secret)))
  expect(usage).toMatchObject({ interval: 'day', data: expect.any(Array), nextCursor: null })
  const report = await runCurl(await printed('The same as a PDF'), secret)
  expect(report.subarray(0, 5).toString()).toBe('%PDF-')
  expect(report.subarray(-6).toString().trim()).toBe('%%EOF')
  await openTokens(page, 'cedar')

  const above = await browserOf('admin@demo.example', DEMO_PASSWORD)
  await openTokens(above, 'cedar')
  await above.getByRole('button', { name: 'New token' }).click()
  await dialog(above, 'New token').getByRole('textbox', { name: 'Name' }).fill('From above')
  await dialog(above, 'New token').getByRole('button', { name: 'Generate' }).click()
  const askingAbove = dialog(above, 'Replace Default?')
  await expect(askingAbove).toContainText('Cedar has no working token until it reveals the new one.')
  await askingAbove.getByRole('button', { name: 'Replace' }).click()
  await expect(dialog(above, 'Token generated')).toContainText('Only members of Cedar can reveal it')
  expect(await statusOfMe(secret)).toBe(401)
  await expect(row(page, 'From above')).toBeVisible()
})
