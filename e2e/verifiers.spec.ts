import { signIn } from './support/desk'
import { DEMO_PASSWORD } from './support/organization'
import { openSettings } from './support/settings'
import { expect, test } from './support/test'
import { registerVerifier } from './support/verifiers'

test('admins of the platform see which verifiers answer, without a reload', async ({ page, elm, browserOf }) => {
  await using resources = new AsyncDisposableStack()
  await signIn(page, 'admin@demo.example', DEMO_PASSWORD)
  await openSettings(page, 'platform', 'verifiers')
  await expect(page.getByRole('tab', { name: 'Verifiers' })).toHaveAttribute('aria-selected', 'true')
  const gateway = await registerVerifier(resources, elm, `gateway-${elm.slug}`)
  const listed = page.getByRole('row').filter({ hasText: `gateway-${elm.slug}` })
  await expect(listed).toContainText('Answering')
  await expect(listed).toContainText('1 hour ago')
  await gateway.silent()
  await expect(listed).toContainText(/Silent since \d\d:\d\d:\d\d/)

  const other = await browserOf(elm.admin)
  await other.goto(`/o/${elm.slug}/settings?tab=verifiers`)
  await expect(other.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await expect(other.getByRole('tab', { name: 'Verifiers' })).toHaveCount(0)
})
