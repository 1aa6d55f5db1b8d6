import type { Page } from '@playwright/test'
import { listTokensByName } from '#db/queries/token-list'
import { updateToken } from '#db/queries/tokens'
import { revokeToken } from '#lib/tokens/revoke'
import {
  choose,
  dialog,
  fact,
  generate,
  menuButton,
  openDesk,
  openTokens,
  row,
  show,
  signIn,
  toast,
} from './support/desk'
import { browserFor, LOOKS, type Look, look } from './support/look'
import { DEMO_PASSWORD, PASSWORD, type TestOrganization } from './support/organization'
import { letConfirmationLapse } from './support/sessions'
import { expect, test } from './support/test'
import {
  daysAgo,
  makeExpiredToken,
  makeRevealedToken,
  makeRevokedToken,
  makeRotation,
  makeToken,
  openSecret,
  setMinting,
} from './support/tokens'
import { registerVerifier } from './support/verifiers'

/** A row in every status, and one of each that wants attention; gives the id of the token in use. */
async function makeEveryStatus(elm: TestOrganization): Promise<string> {
  await makeExpiredToken(elm, 'Nightly backup')
  await makeRevokedToken(elm, 'Grafana import', { at: daysAgo(20), days: 90 })
  await makeToken(elm, 'A token with quite a long name, as people write them for the service it is for', {
    at: daysAgo(25),
    days: 30,
  })
  const partner = await makeRevealedToken(elm, 'Partner dashboard', { at: daysAgo(2), days: 90 })
  await makeRotation(elm, partner.id, 86_400)
  await openSecret(elm, partner.id)
  const { id } = await makeRevealedToken(elm, 'Metering gateway', { at: daysAgo(12), days: 365 })
  await setMinting(elm, id, daysAgo(430))
  const use = { lastUsedAt: daysAgo(0.01), lastUsedIp: '203.0.113.24', lastUsedUserAgent: 'gateway/2.4.1' }
  await elm.db.transaction((tx) => updateToken(tx, id, { ...use, updatedAt: new Date() }))
  return id
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

async function seeScreens(page: Page, elm: TestOrganization, id: string, as: Look): Promise<void> {
  await openTokens(page, elm.slug)
  await look(page, 'tokens', as, true)
  await openTokens(page, elm.slug, '?q=billing&status=revoked')
  await look(page, 'tokens-nothing-matches', as)
  await openDesk(page, `/o/${elm.slug}/tokens/${id}`)
  await look(page, 'token', as, true)
  await page.goto(`/o/${elm.slug}/nowhere`)
  await look(page, 'not-found', as)
}

async function seeMenus(page: Page, elm: TestOrganization, as: Look): Promise<void> {
  await openTokens(page, elm.slug)
  await menuButton(page, 'Default').click()
  await expect(page.getByRole('menu')).toBeVisible()
  await look(page, 'row-menu', as)
  await page.keyboard.press('Escape')
  if (as.width < 1024) {
    await page.getByRole('button', { name: 'Menu', exact: true }).click()
    await look(page, 'drawer', as)
  }
  await page.getByRole('button', { name: elm.admin }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await look(page, 'person-menu', as)
}

async function seeDialogs(page: Page, elm: TestOrganization, as: Look): Promise<void> {
  await openTokens(page, elm.slug)
  for (const [action, title] of [
    ['Copy', 'Copy Default?'],
    ['Edit', 'Edit Default'],
    ['Revoke', 'Revoke Default?'],
  ] as const) {
    await choose(page, 'Default', action)
    await expect(dialog(page, title)).toBeVisible()
    await look(page, `${action.toLowerCase()}-dialog`, as)
    await closeDialog(page)
  }
  await choose(page, 'Grafana import', 'Delete')
  await expect(dialog(page, 'Delete Token')).toBeVisible()
  await look(page, 'delete-dialog', as)
  await closeDialog(page)

  await page.getByRole('button', { name: 'New token' }).click()
  await expect(dialog(page, 'New token')).toBeVisible()
  await look(page, 'new-token-dialog', as)
  await dialog(page, 'New token').getByRole('button', { name: 'Generate' }).click()
  await expect(dialog(page, 'New token').getByRole('textbox', { name: 'Name' })).toBeFocused()
  await look(page, 'new-token-dialog-refused', as)
  await closeDialog(page)

  const generated = await generate(page, 'Reading service')
  await look(page, 'token-generated-dialog', as)
  await show(generated)
  await expect(toast(page, 'Token successfully generated')).toBeVisible()
  await look(page, 'token-generated-dialog-shown', as)
  await generated.getByRole('button', { name: 'Done' }).click()
  await look(page, 'token-generated-dialog-asking', as)
  await generated.getByRole('button', { name: 'Close without copying' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

async function seeTips(page: Page, as: Look): Promise<void> {
  await row(page, 'Metering gateway').getByRole('button', { name: 'Token id' }).focus()
  await expect(page.getByRole('tooltip')).toBeVisible()
  await look(page, 'tip-age', as)
  await row(page, 'Partner dashboard').getByRole('button', { name: 'Rotating' }).focus()
  await expect(page.getByRole('tooltip')).toContainText('works until')
  await look(page, 'tip-rotating', as)
  await page.keyboard.press('Escape')
}

async function seeRotation(page: Page, elm: TestOrganization, as: Look): Promise<void> {
  await openTokens(page, elm.slug)
  await seeTips(page, as)
  await choose(page, 'Partner dashboard', 'Rotate')
  const asking = dialog(page, 'Rotate Partner dashboard?')
  await expect(asking).toBeVisible()
  await look(page, 'rotate-dialog', as)
  await letConfirmationLapse(elm.db, elm.admin)
  await asking.getByRole('button', { name: 'Rotate' }).click()
  const password = asking.getByRole('textbox', { name: 'Password' })
  await password.fill('wrong')
  await page.keyboard.press('Enter')
  await expect(password).toHaveAccessibleDescription('This is not your password.')
  await look(page, 'confirm-identity', as)
  await password.fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(dialog(page, 'Partner dashboard is rotated')).toContainText('works for 24 hours more')
  await look(page, 'token-generated-dialog-rotated', as)
  await closeDialog(page)
  await choose(page, 'Partner dashboard', 'Rotate')
  await expect(asking).toContainText('waits already')
  await look(page, 'rotate-dialog-waiting', as)
  await closeDialog(page)
  await row(page, 'Partner dashboard').getByRole('link').click()
  await expect(fact(page, 'Rotation')).toBeVisible()
  await look(page, 'token-rotating', as, true)
}

async function seeSelection(page: Page, elm: TestOrganization, as: Look): Promise<void> {
  await openTokens(page, elm.slug)
  const tick = (name: string) => row(page, name).getByRole('checkbox').click()
  const press = (verb: string) =>
    page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: verb }).click()
  for (const name of ['Nightly backup', 'Grafana import', 'Metering gateway']) await tick(name)
  await look(page, 'selection', as, true)
  await press('Revoke')
  await expect(dialog(page, 'Revoke 1 token?')).toBeVisible()
  await look(page, 'several-asking', as)
  await closeDialog(page)
  await press('Delete')
  const held = Promise.withResolvers<void>()
  await page.route('**/tokens', async (route) => {
    if (route.request().headers()['next-action'] !== undefined) await held.promise
    await route.fallback()
  })
  const asking = dialog(page, 'Delete 2 tokens?')
  await look(page, 'several-asking-delete', as)
  await asking.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('progressbar')).toBeVisible()
  await look(page, 'several-running', as)
  held.resolve()
  await expect(dialog(page, '2 of 3 tokens deleted')).toBeVisible()
  await look(page, 'several-result', as)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await look(page, 'selection-refused', as, true)
}

/** What comes of revoking, in its three states: the second and third answer are the test's own. */
async function seeRevocation(page: Page, elm: TestOrganization, as: Look): Promise<void> {
  await using resources = new AsyncDisposableStack()
  const gateway = await registerVerifier(resources, elm, `gateway-${elm.slug}`)
  gateway.lives()
  const names = ['desk', 'verifier-1', 'verifier-2'] as const
  let [isSilent, laterMs] = [false, 0]
  await page.route('**/revocations?*', async (route) => {
    const proof = await (await route.fetch()).json()
    const verifiers = names.map((name, index) => ({
      id: name,
      name,
      afterMs: isSilent && index === 2 ? null : [12, 27, 41][index],
    }))
    await route.fulfill({ json: { ...proof, verifiers, readAt: proof.readAt + laterMs } })
  })
  // A reading that is under way when its dialog closes is answered too before it is no longer listened to.
  resources.defer(() => page.unrouteAll({ behavior: 'wait' }))
  const revoke = async (name: string) => {
    await openTokens(page, elm.slug)
    await choose(page, name, 'Revoke')
    await dialog(page, `Revoke ${name}?`).getByRole('button', { name: 'Revoke' }).click()
  }
  const result = dialog(page, 'Token successfully revoked')
  for (const [state, silent, later, words] of [
    ['complete', false, 0, 'refused by 3 of 3 verifiers in 41 ms.'],
    ['silent', true, 0, 'verifier-2 has not answered yet'],
    ['lease-over', true, 10_000, 'verifier-2 has not answered; its lease ran out at'],
  ] as const) {
    await makeRevealedToken(elm, state)
    isSilent = silent
    laterMs = later
    await revoke(state)
    await expect(result).toContainText(words)
    await look(page, `revoked-${state}`, as)
    await closeDialog(page)
  }
  await makeRevealedToken(elm, 'First of two')
  await makeRevealedToken(elm, 'Second of two')
  await openTokens(page, elm.slug)
  for (const name of ['First of two', 'Second of two']) await row(page, name).getByRole('checkbox').click()
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Revoke' }).click()
  await dialog(page, 'Revoke 2 tokens?').getByRole('button', { name: 'Revoke' }).click()
  await expect(dialog(page, '2 of 2 tokens revoked')).toContainText('All 2 were refused by 2 of 3 verifiers in 27 ms.')
  await look(page, 'revoked-several', as)
  await closeDialog(page)
}

async function seeLimit(page: Page, as: Look): Promise<void> {
  await expect(row(page, 'Reading service')).toBeVisible()
  await page.getByRole('button', { name: 'New token' }).click()
  await expect(dialog(page, 'New token').getByRole('link', { name: 'Ask Northwind' })).toBeVisible()
  await look(page, 'new-token-dialog-at-the-limit', as)
}

for (const as of LOOKS)
  test.describe(`at ${as.width}`, () => {
    test.use(browserFor(as))

    test('axe finds no fault with any screen, menu or dialog, and nothing scrolls sideways', async ({ page, elm }) => {
      test.setTimeout(180_000)
      const id = await makeEveryStatus(elm)
      await page.goto('/sign-in')
      await look(page, 'sign-in', as)
      await signIn(page, elm.admin)
      await seeScreens(page, elm, id, as)
      await seeMenus(page, elm, as)
      await seeDialogs(page, elm, as)
      await seeLimit(page, as)
      await closeDialog(page)
      await seeRotation(page, elm, as)
      await seeSelection(page, elm, as)
    })

    test('axe finds no fault with what comes of a revocation, nor with the verifiers in Settings', async ({
      page,
      elm,
    }) => {
      await signIn(page, elm.admin)
      await seeRevocation(page, elm, as)
      await using resources = new AsyncDisposableStack()
      await registerVerifier(resources, elm, 'verifier-1')
      await (await registerVerifier(resources, elm, 'gateway-2')).silent()
      await page.context().clearCookies()
      await signIn(page, 'admin@demo.example', DEMO_PASSWORD)
      await page.goto('/o/platform/settings?tab=verifiers')
      await expect(page.getByRole('row').filter({ hasText: 'gateway-2' }).first()).toContainText('Silent since')
      await look(page, 'settings-verifiers', as)
    })

    test('axe finds no fault with the empty list, and nothing scrolls sideways', async ({ page, elm }) => {
      const [token] = await listTokensByName(elm.db, elm.organization.id, 'default')
      if (token === undefined) throw new Error('an organization begins with Default')
      await revokeToken(elm.asAdmin(), { tokenId: token.id, andDelete: true })
      await signIn(page, elm.admin)
      await openTokens(page, elm.slug)
      await expect(page.getByRole('heading', { name: 'No tokens yet' })).toBeVisible()
      await look(page, 'tokens-empty', as, true)
    })
  })
