import { expect, type Page } from '@playwright/test'

/** Opens a tab of Settings; pressing what only a script answers waits until it does. */
export async function openSettings(page: Page, slug: string, tab = 'organization'): Promise<void> {
  await page.goto(`/o/${slug}/settings?tab=${tab}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await page.waitForLoadState('networkidle')
}
