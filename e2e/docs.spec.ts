import { browserFor, LOOKS, look } from './support/look'
import { expect, test } from './support/test'

for (const as of LOOKS)
  test.describe(`at ${as.width}`, () => {
    test.use({ ...browserFor(as), permissions: ['clipboard-read', 'clipboard-write'] })

    test('the API reference is for whoever asks, leads to each operation, and its lines can be copied', async ({
      page,
    }) => {
      await page.goto('/docs/api')
      await expect(page.getByRole('heading', { level: 1, name: 'API reference' })).toBeVisible()
      if (as.width < 1024) await page.getByText('Contents', { exact: true }).click()
      await page.getByRole('navigation', { name: 'Operations' }).getByRole('link', { name: 'POST /verify' }).click()
      const verify = page.getByRole('article', { name: 'Tells whether a secret is good' })
      await expect(verify.getByRole('heading', { level: 3 })).toBeInViewport()
      await verify.getByRole('button', { name: 'Copy: curl for POST /api/v1/verify' }).click()
      const copied = await page.evaluate(() => navigator.clipboard.readText())
      expect(copied).toContain('"$TOKENRY_URL/api/v1/verify"')
      // All are made of the same parts: those of the first of each section show what there is.
      await page.evaluate(() => {
        for (const details of document.querySelectorAll<HTMLDetailsElement>('article:first-of-type details'))
          details.open = true
      })
      await look(page, 'docs', as, true)
    })
  })

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false })

  test('the API reference tells of every language and problem', async ({ page }) => {
    await page.goto('/docs/api')
    const verify = page.getByRole('article', { name: 'Tells whether a secret is good' })
    await verify.getByText('Python', { exact: true }).click()
    await expect(verify.getByText('import urllib.request')).toBeVisible()
    await verify.getByText(/^Problems \(\d+\)$/).click()
    await expect(verify.getByRole('cell', { name: 'insufficient_scope', exact: true })).toBeVisible()
  })
})
