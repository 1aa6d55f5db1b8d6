import type { Page } from '@playwright/test'
import { statusOfMe, verdict } from './support/api'
import { choose, dialog, openTokens, toast } from './support/desk'
import { invite, openInvitations, untilAlive } from './support/invitations'
import { DEMO_PASSWORD } from './support/organization'
import { makeVerifier, openQuiet, revokeAndDelete } from './support/people'
import { expect, test } from './support/test'

const PERSONAL_SECRET = /^tok_pat_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/

/** Takes a person out of an organization. */
async function remove(page: Page, slug: string, name: string): Promise<void> {
  await openQuiet(page, `/o/${slug}/members`)
  await choose(page, name, 'Remove')
  await dialog(page, `Remove ${name}?`).getByRole('button', { name: 'Remove' }).click()
  await expect(dialog(page, `Remove ${name}?`)).toHaveCount(0)
  await expect(page.getByRole('button', { name: `Actions for ${name}` })).toHaveCount(0)
}

test("Datacake's personal token: there from registration, it does what its owner may in every organization, and no longer than they may", async ({
  browser,
  browserOf,
}) => {
  test.setTimeout(120_000)
  const id = crypto.randomUUID().slice(0, 8)
  const [email, name, gateway] = [`dora-${id}@cakes.example`, `Dora ${id}`, `Gateway of ${id}`]
  const owner = await browserOf('owner@demo.example', DEMO_PASSWORD)
  const cedar = await browserOf('cedar@demo.example', DEMO_PASSWORD)
  const admin = await browserOf('admin@demo.example', DEMO_PASSWORD)
  await openTokens(admin, 'platform')
  const verifier = await makeVerifier(admin, gateway)

  await openInvitations(owner, { slug: 'alder' })
  const toAlder = await invite(owner, email, 'Member')
  const dora = await (await browser.newContext()).newPage()
  await dora.goto(toAlder)
  await dora.getByRole('textbox', { name: 'Your name' }).fill(name)
  await dora.getByLabel('Password', { exact: true }).fill('a password of their own')
  await dora.getByRole('button', { name: 'Accept invitation' }).click()
  await expect(dora).toHaveURL('/o/alder/tokens')

  const secret =
    await test.step('it is revealed under Account settings, API token, which says where it works', async () => {
      await dora.getByRole('button', { name: email }).click()
      await dora.getByRole('menuitem', { name: 'Account settings' }).click()
      await dora.getByRole('tab', { name: 'API token' }).click()
      await expect(dora.getByRole('link', { name: 'Alder', exact: true })).toBeVisible()
      await choose(dora, 'Personal', 'Reveal')
      const revealing = dialog(dora, /Personal/)
      await revealing.getByRole('button', { name: 'Show' }).click()
      const field = revealing.getByRole('textbox', { name: 'Token', exact: true })
      await expect(field).toHaveValue(PERSONAL_SECRET)
      const shown = await field.inputValue()
      await revealing.getByRole('button', { name: 'Copy' }).click()
      await revealing.getByRole('button', { name: 'Done' }).click()
      return shown
    })
  const may = (organization: string, scope?: string) =>
    verdict(verifier, { token: secret, organization, ...(scope === undefined ? {} : { scope }) })
  expect(await may('alder', 'data:read')).toBe('active')
  expect(await may('alder', 'tokens:write')).toBe('insufficient_scope')
  expect(await may('cedar')).toBe('not_a_member')

  await test.step('it opens another organization from the moment its owner joins it, and no other', async () => {
    await openInvitations(cedar, { slug: 'cedar' })
    await dora.goto(await invite(cedar, email, 'Admin'))
    await untilAlive(dora, 'main button')
    await dora.getByRole('button', { name: /^Accept as/ }).click()
    await expect(dora).toHaveURL('/o/cedar/tokens')
    expect(await may('cedar', 'tokens:write')).toBe('active')
    expect(await may('alder', 'tokens:write')).toBe('insufficient_scope')
    expect(await may('birch')).toBe('not_a_member')
    await dora.goto('/account?tab=api-token')
    for (const place of ['Alder', 'Cedar'])
      await expect(dora.getByRole('link', { name: place, exact: true })).toBeVisible()
    await expect(dora.getByText('opens all 2 of these organizations')).toBeVisible()
  })

  await test.step('a lesser role narrows it at once, and a removal ends it there alone', async () => {
    await openQuiet(cedar, '/o/cedar/members')
    await choose(cedar, name, 'Edit')
    await dialog(cedar, `Edit ${name}`).getByRole('radio', { name: 'Viewer' }).click()
    await dialog(cedar, `Edit ${name}`).getByRole('button', { name: 'Save' }).click()
    await expect(toast(cedar, `${name} is changed`)).toBeVisible()
    expect(await may('cedar', 'tokens:write')).toBe('insufficient_scope')
    await remove(owner, 'alder', name)
    expect(await may('alder')).toBe('not_a_member')
    expect(await may('cedar')).toBe('active')
    expect(await statusOfMe(secret)).toBe(200)
    await remove(cedar, 'cedar', name)
    expect(await may('cedar')).toBe('not_found')
    expect(await statusOfMe(secret)).toBe(401)
    await dora.goto('/account?tab=api-token')
    await expect(dora.getByText('Nowhere: you are not a member of any organization now.')).toBeVisible()
  })

  await dora.context().close()
  await openTokens(admin, 'platform')
  await revokeAndDelete(admin, gateway)
})
