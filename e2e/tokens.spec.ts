import { cell, choose, dialog, fact, offered, row, toast, toggle, tokenField } from './support/desk'
import { expect, test } from './support/test'
import { makeToken } from './support/tokens'

const nextYear = new Date().getFullYear() + 1
const TAKEN = /^A token named "default" exists\. Choose another name\.$/i

test.describe('making a token', () => {
  test('a name alone is enough, and no secret exists until the first of Show, Copy and Download', async ({ desk }) => {
    await desk.getByRole('button', { name: 'New token' }).click()
    const form = dialog(desk, 'New token')
    await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused()
    await expect(form.getByRole('radio', { name: '90 days' })).toBeChecked()
    await expect(form.getByRole('checkbox', { checked: true })).toHaveCount(2)
    await form.getByRole('textbox', { name: 'Name' }).fill('Metering')
    await form.getByRole('button', { name: 'Generate' }).click()

    const generated = dialog(desk, 'Token generated')
    await expect(tokenField(generated)).toHaveValue(/^tok_org_[0-9A-Za-z]{16}_•{49}$/)
    await expect(tokenField(generated)).toHaveAttribute('readonly')
    await expect(generated).toContainText("it won't be shown again")
    expect(await desk.content()).not.toMatch(/tok_org_[0-9A-Za-z]{16}_[0-9A-Za-z]{43}/)
    await generated.getByRole('button', { name: 'Done' }).click()
    await expect(row(desk, 'Metering')).toContainText('Active')
    await expect(row(desk, 'Metering')).toContainText('not revealed yet')
    await expect(desk.getByText('2 of 5 tokens active.')).toBeVisible()
    expect(await offered(desk, 'Metering')).toEqual(['Reveal', 'Copy', 'Edit', 'Revoke'])
  })

  test('Custom lives until 24:00 of the chosen day, and the chosen scopes are the ones it has', async ({ desk }) => {
    await desk.getByRole('button', { name: 'New token' }).click()
    const form = dialog(desk, 'New token')
    await form.getByRole('textbox', { name: 'Name' }).fill('Reports')
    await form.getByRole('radio', { name: 'Custom' }).click()
    await form.getByLabel('Last day').fill(`${nextYear}-02-14`)
    await expect(form.getByLabel('Last day')).toHaveAccessibleDescription(`Until 14 Feb ${nextYear}, 24:00 CET.`)
    await toggle(form, 'data:read')
    await toggle(form, 'tokens:read')
    await expect(form.getByText('2 chosen')).toBeVisible()
    await form.getByRole('button', { name: 'Generate' }).click()
    const generated = dialog(desk, 'Token generated')
    await expect(generated).toContainText(`Reports, until 14 Feb ${nextYear}`)
    await generated.getByRole('button', { name: 'Done' }).click()

    await expect(await cell(desk, 'Reports', 'Expires')).toContainText(`14 Feb ${nextYear}`)
    await row(desk, 'Reports').getByRole('link', { name: 'Reports' }).click()
    await expect(fact(desk, 'Scopes')).toHaveText('reports:readtokens:read')
    await expect(fact(desk, 'Expires').getByTitle(`Until 14 Feb ${nextYear}, 24:00 CET`).first()).toBeVisible()
  })

  test('a message stands beside its field, focus goes there, and what was typed is kept', async ({ desk }) => {
    await desk.getByRole('button', { name: 'New token' }).click()
    const form = dialog(desk, 'New token')
    const name = form.getByRole('textbox', { name: 'Name' })
    const generateButton = form.getByRole('button', { name: 'Generate' })

    await name.fill('   ')
    await form.getByRole('radio', { name: '30 days' }).click()
    await toggle(form, 'tokens:read')
    await generateButton.click()
    await expect(name).toBeFocused()
    await expect(name).toHaveAttribute('aria-invalid', 'true')
    await expect(name).toHaveAccessibleDescription(/name/i)

    await name.fill('dEFAULT')
    await generateButton.click()
    await expect(name).toHaveAccessibleDescription(TAKEN)
    await expect(name).toBeFocused()
    await expect(name).toHaveValue('dEFAULT')
    await expect(form.getByRole('radio', { name: '30 days' })).toBeChecked()
    await expect(form.getByRole('checkbox', { name: 'tokens:read' })).toBeChecked()

    await form.getByRole('radio', { name: 'Custom' }).click()
    await name.fill('Another')
    await generateButton.click()
    await expect(form.getByLabel('Last day')).toBeFocused()
    await expect(form.getByLabel('Last day')).toHaveAccessibleDescription('Choose a day.')

    await form.getByLabel('Last day').fill(`${nextYear}-03-01`)
    await generateButton.click()
    await expect(dialog(desk, 'Token generated')).toBeVisible()
  })
})

test.describe('the limit', () => {
  test.use({ tier: 'Lite' })

  test('at the limit New token says so, names whom to ask, and the server refuses', async ({ desk, elm }) => {
    await desk.getByRole('button', { name: 'New token' }).click()
    const form = dialog(desk, 'New token')
    await expect(form).toContainText(`${elm.name} has 1 of 1 active tokens, the limit of Lite.`)
    const ask = form.getByRole('link', { name: 'Ask Northwind' })
    await expect(ask).toHaveAttribute('href', 'mailto:reseller@demo.example')
    await form.getByRole('textbox', { name: 'Name' }).fill('One too many')
    await form.getByRole('button', { name: 'Generate' }).click()
    await expect(form.getByRole('alert')).toContainText(`${elm.name} has 1 of 1 active tokens, the limit of Lite.`)
    await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('One too many')
    await form.getByRole('button', { name: 'Cancel' }).click()
    await expect(row(desk, 'One too many')).toHaveCount(0)
  })

  test('a restore beyond the limit is refused with the limit and the tier', async ({ desk, elm }) => {
    await choose(desk, 'Default', 'Revoke')
    await dialog(desk, 'Revoke Default?').getByRole('button', { name: 'Revoke' }).click()
    await expect(await cell(desk, 'Default', 'Status')).toHaveText('Revoked')
    await makeToken(elm, 'The one')
    await choose(desk, 'Default', 'Restore')
    await expect(toast(desk, `${elm.name} has 1 of 1 active tokens, the limit of Lite.`)).toBeVisible()
    await expect(await cell(desk, 'Default', 'Status')).toHaveText('Revoked')
  })
})
