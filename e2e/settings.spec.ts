import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { findTierByName } from '#db/queries/tiers'
import { organizations } from '#db/schema/organizations'
import { scopes } from '#db/schema/scopes'
import { tokens } from '#db/schema/tokens'
import { dialog, openTokens, row, signIn, toast } from './support/desk'
import { browserFor, LOOKS, look } from './support/look'
import { DEMO_PASSWORD } from './support/organization'
import { openSettings } from './support/settings'
import { expect, test } from './support/test'
import { makeToken } from './support/tokens'

const policy = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) })

test('an admin changes name and contact, which stand where others read them', async ({ page, elm }) => {
  await signIn(page, elm.admin)
  await openTokens(page, elm.slug)
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await page.getByRole('textbox', { name: 'Name' }).fill('Elm & Sons')
  await page.getByRole('textbox', { name: 'Contact' }).fill('help')
  await page.getByRole('button', { name: 'Save' }).click()
  const contact = page.getByRole('textbox', { name: 'Contact' })
  await expect(contact).toBeFocused()
  await expect(contact).toHaveAccessibleDescription(/e-mail address/)
  await contact.fill('https://elm.example/help')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'Organization saved')).toBeVisible()
  await expect(page.getByRole('button', { name: /Elm & Sons/ }).first()).toBeVisible()
  await page.reload()
  await expect(contact).toHaveValue('https://elm.example/help')
  await expect(page.getByRole('main').getByText(elm.slug)).toBeVisible()
})

test('Settings are for admins: members and viewers find no page and no link', async ({ page, elm, browserOf }) => {
  for (const who of [elm.member, elm.viewer]) {
    const other = await browserOf(who)
    const answer = await other.goto(`/o/${elm.slug}/settings`)
    expect(answer?.status()).toBe(404)
    await openTokens(other, elm.slug)
    await expect(other.getByRole('link', { name: 'Settings' })).toHaveCount(0)
  }
  await signIn(page, 'cedar@demo.example', DEMO_PASSWORD)
  expect((await page.goto(`/o/${elm.slug}/settings?tab=policies`))?.status()).toBe(404)
})

test('a tighter lifetime names the tokens that live longer, leaves them working and marks them', async ({
  page,
  elm,
}) => {
  await makeToken(elm, 'Metering', { days: 365 })
  await signIn(page, elm.admin)
  await openSettings(page, elm.slug, 'policies')
  await expect(page.getByText(`${elm.name} has the same policies as Northwind.`)).toBeVisible()
  await expect(policy(page, 'Reveal')).toContainText('Northwind allows nothing looser')

  await policy(page, 'Longest lifetime').getByRole('textbox').fill('0')
  await page.getByRole('button', { name: 'Save policies' }).click()
  await expect(policy(page, 'Longest lifetime').getByRole('textbox')).toHaveAccessibleDescription(/whole days/)
  await policy(page, 'Longest lifetime').getByRole('textbox').fill('60')
  await expect(policy(page, 'Never-expiring tokens')).toContainText('A longest lifetime leaves none')
  await page.getByRole('button', { name: 'Save policies' }).click()
  const asking = dialog(page, 'Save policies?')
  await expect(asking).toContainText('2 tokens live longer than that.')
  await expect(asking.getByRole('link', { name: 'Metering' })).toBeVisible()
  await asking.getByRole('button', { name: 'Save policies' }).click()
  await expect(toast(page, 'Policies saved')).toBeVisible()
  await expect(page.getByText(`${elm.name} is stricter than Northwind in 2 of 4 policies.`)).toBeVisible()
  await expect(policy(page, 'Longest lifetime')).toContainText('Tightened here')

  await openTokens(page, elm.slug)
  await expect(row(page, 'Metering')).toContainText('Active')
  await expect(row(page, 'Metering')).toContainText('Lives longer than the policy allows')
  await row(page, 'Metering').getByRole('link', { name: 'Metering' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Metering' })).toBeVisible()
  await expect(page.getByRole('main').getByText('Lives longer than the policy allows')).toBeVisible()
  await openTokens(page, elm.slug)
  await page.getByRole('button', { name: 'New token' }).click()
  await expect(dialog(page, 'New token')).toContainText('the longest lifetime here is 60 days')
})

test('an admin above loosens again what an organization tightened, which its own admin cannot', async ({
  page,
  elm,
  browserOf,
}) => {
  await signIn(page, elm.admin)
  await openSettings(page, elm.slug, 'policies')
  await policy(page, 'Longest lifetime').getByRole('textbox').fill('200')
  await page.getByRole('button', { name: 'Save policies' }).click()
  await expect(toast(page, 'Policies saved')).toBeVisible()
  await policy(page, 'Longest lifetime').getByRole('textbox').fill('300')
  await page.getByRole('button', { name: 'Save policies' }).click()
  await expect(policy(page, 'Longest lifetime').getByRole('textbox')).toHaveAccessibleDescription(
    'Enter whole days, from 1 to 200.',
  )
  const above = await browserOf('reseller@demo.example', DEMO_PASSWORD)
  await openSettings(above, elm.slug, 'policies')
  await policy(above, 'Longest lifetime').getByRole('textbox').fill('')
  await above.getByRole('button', { name: 'Save policies' }).click()
  await expect(toast(above, 'Policies saved')).toBeVisible()
  await expect(above.getByText(`${elm.name} has the same policies as Northwind.`)).toBeVisible()
})

test('a platform admin makes, edits and deletes a tier, and is told beforehand who falls over its limit', async ({
  page,
  elm,
}) => {
  const name = `Plan ${elm.slug.slice(-6)}`
  await makeToken(elm, 'Second')
  await signIn(page, 'admin@demo.example', DEMO_PASSWORD)
  await openSettings(page, 'platform', 'tiers')
  await page.getByRole('button', { name: 'New tier' }).click()
  const making = dialog(page, 'New tier')
  await making.getByRole('textbox', { name: 'Name' }).fill('lite')
  await making.getByRole('textbox', { name: 'Rank' }).fill('many')
  await making.getByRole('button', { name: 'Create tier' }).click()
  await expect(making.getByRole('textbox', { name: 'Rank' })).toHaveAccessibleDescription(/whole number/)
  await making.getByRole('textbox', { name: 'Rank' }).fill('7')
  await making.getByRole('button', { name: 'Create tier' }).click()
  await expect(making.getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription(/exists/)
  await making.getByRole('textbox', { name: 'Name' }).fill(name)
  await making.getByRole('textbox', { name: 'Token limit' }).fill('9')
  await making.getByRole('button', { name: 'Create tier' }).click()
  await expect(toast(page, 'Tier created')).toBeVisible()
  const item = page.getByRole('listitem').filter({ hasText: name })
  await expect(page.getByText(/of \d+ tiers are in use: Advanced by/)).toBeVisible()
  await expect(item).toContainText('Rank 7, 9 tokens, refuses at the limit, basic metrics')

  const advanced = page.getByRole('listitem').filter({ hasText: 'Rank 2' })
  await expect(advanced.getByRole('button', { name: 'Delete Advanced' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Edit Advanced' }).click()
  const editing = dialog(page, 'Edit Advanced')
  await editing.getByRole('textbox', { name: 'Token limit' }).fill('1')
  await editing.getByRole('button', { name: 'Save tier' }).click()
  await expect(editing.getByRole('status')).toContainText('No token is revoked')
  await expect(editing.getByRole('button', { name: 'Save anyway' })).toBeVisible()
  await editing.getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('button', { name: `Delete ${name}` }).click()
  await expect(toast(page, `Tier ${name} deleted`)).toBeVisible()
  await expect(item).toHaveCount(0)
})

test('a platform admin defines, edits and removes a scope', async ({ page, elm }) => {
  const name = `m${elm.slug.slice(-6)}:write`
  await signIn(page, 'admin@demo.example', DEMO_PASSWORD)
  await openSettings(page, 'platform', 'scopes')
  await page.getByRole('button', { name: 'New scope' }).click()
  const making = dialog(page, 'New scope')
  await making.getByRole('textbox', { name: 'Name' }).fill('Write')
  await making.getByRole('textbox', { name: 'Description' }).fill('Write measurements')
  await making.getByRole('button', { name: 'Define scope' }).click()
  await expect(making.getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription(/lower-case/)
  await making.getByRole('textbox', { name: 'Name' }).fill(name)
  await making.getByRole('button', { name: 'Define scope' }).click()
  await expect(toast(page, 'Scope defined')).toBeVisible()
  const item = page.getByRole('listitem').filter({ hasText: name })
  await expect(item).toContainText('In every tier')
  await page.getByRole('button', { name: `Edit ${name}` }).click()
  await dialog(page, `Edit ${name}`).getByRole('radio', { name: 'Advanced' }).click()
  await dialog(page, `Edit ${name}`).getByRole('button', { name: 'Save scope' }).click()
  await expect(item).toContainText('From Advanced on (rank 2)')
  await page.getByRole('button', { name: `Remove ${name}` }).click()
  await expect(dialog(page, `Remove ${name}?`)).toContainText('No token carries it.')
  await page.keyboard.press('Escape')
  await elm.db
    .update(tokens)
    .set({ scopes: [name] })
    .where(eq(tokens.organizationId, elm.organization.id))
  const lite = await findTierByName(elm.db, 'Lite')
  await elm.db
    .update(organizations)
    .set({ tierId: lite?.id ?? null })
    .where(eq(organizations.id, elm.organization.id))
  await elm.db.update(scopes).set({ tierId: null }).where(eq(scopes.name, name))
  await openSettings(page, 'platform', 'scopes')
  await page.getByRole('button', { name: `Edit ${name}` }).click()
  const losing = dialog(page, `Edit ${name}`)
  await losing.getByRole('radio', { name: 'Advanced' }).click()
  await losing.getByRole('button', { name: 'Save scope' }).click()
  await expect(losing.getByRole('status')).toContainText(`${name} stops at once for 1 token: Default of ${elm.name}.`)
  await expect(losing.getByRole('button', { name: 'Save anyway' })).toBeVisible()
  await losing.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: `Remove ${name}` }).click()
  await expect(dialog(page, `Remove ${name}?`)).toContainText(`1 token carries it: Default of ${elm.name}.`)
  await dialog(page, `Remove ${name}?`).getByRole('button', { name: 'Remove' }).click()
  await expect(toast(page, 'Scope removed')).toBeVisible()
  await expect(item).toHaveCount(0)
})

test('tiers, scopes and ceilings are the platform’s: nobody else finds them', async ({ page, elm }) => {
  await signIn(page, elm.admin)
  await openSettings(page, elm.slug, 'tiers')
  await expect(page.getByRole('tab')).toHaveText(['Organization', 'Policies'])
  await expect(page.getByRole('tab', { name: 'Organization' })).toHaveAttribute('aria-selected', 'true')
  await signIn(page, 'admin@demo.example', DEMO_PASSWORD)
  await openSettings(page, elm.slug, 'policies')
  await expect(page.getByRole('tab')).toHaveText(['Organization', 'Policies'])
  await openSettings(page, 'platform', 'policies')
  await expect(page.getByRole('tab')).toHaveText(['Organization', 'Policies', 'Tiers', 'Scopes', 'Verifiers'])
  await expect(page.getByRole('button', { name: 'Save ceilings' })).toBeVisible()
})

for (const as of LOOKS)
  test.describe(`at ${as.width}`, () => {
    test.use(browserFor(as))

    test('axe finds no fault with Settings, and nothing scrolls sideways', async ({ page, elm }) => {
      test.setTimeout(120_000)
      await makeToken(elm, 'Metering gateway', { days: 365 })
      await signIn(page, elm.admin)
      await openSettings(page, elm.slug)
      await look(page, 'settings-organization', as, true)
      await openSettings(page, elm.slug, 'policies')
      await policy(page, 'Longest lifetime').getByRole('textbox').fill('60')
      await look(page, 'settings-policies', as, true)
      await page.getByRole('button', { name: 'Save policies' }).click()
      await expect(dialog(page, 'Save policies?')).toBeVisible()
      await look(page, 'settings-policies-dialog', as)
      await dialog(page, 'Save policies?').getByRole('button', { name: 'Save policies' }).click()
      await expect(toast(page, 'Policies saved')).toBeVisible()
      await openTokens(page, elm.slug)
      await look(page, 'tokens-over-policy', as, true)

      await signIn(page, 'admin@demo.example', DEMO_PASSWORD)
      for (const tab of ['policies', 'tiers', 'scopes']) {
        await openSettings(page, 'platform', tab)
        await look(page, `settings-platform-${tab}`, as, true)
      }
      await page.getByRole('button', { name: 'New scope' }).click()
      await expect(dialog(page, 'New scope')).toBeVisible()
      await look(page, 'settings-new-scope', as)
      await openSettings(page, 'platform', 'tiers')
      await page.getByRole('button', { name: 'Edit Advanced' }).click()
      await dialog(page, 'Edit Advanced').getByRole('textbox', { name: 'Token limit' }).fill('0')
      await dialog(page, 'Edit Advanced').getByRole('button', { name: 'Save tier' }).click()
      await expect(dialog(page, 'Edit Advanced').getByRole('button', { name: 'Save anyway' })).toBeVisible()
      await look(page, 'settings-edit-tier', as)
    })
  })
