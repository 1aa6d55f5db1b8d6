import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export type Look = {
  readonly theme: 'light' | 'dark'
  readonly width: number
}

/** The looks that every screen is seen in. */
export const LOOKS: readonly Look[] = [
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 1280 },
  { theme: 'light', width: 375 },
]

/** What a browser of that look is like: a phone has a touch screen. */
export const browserFor = ({ theme, width }: Look) => {
  const phone = width < 640
  return {
    colorScheme: theme,
    reducedMotion: 'reduce' as const,
    viewport: { width, height: phone ? 812 : 800 },
    isMobile: phone,
    hasTouch: phone,
  }
}

/**
 * Takes a picture of what stands there now into `test-results/screens`, and expects that axe finds no fault with it and
 * that nothing scrolls sideways; goes on and fails in the end, so that one run tells everything.
 */
export async function look(page: Page, name: string, { theme, width }: Look, fullPage = false): Promise<void> {
  const what = `${name}-${theme}-${width}`
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: `test-results/screens/${what}.png`, animations: 'disabled', fullPage })
  const scrolls = await page.evaluate(() => document.scrollingElement?.scrollWidth)
  expect.soft(scrolls, `${what} is no wider than the window`).toBeLessThanOrEqual(width)
  // Without frames the legacy mode finds the same, and opens no further page for it.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
  expect.soft(found, `axe finds nothing at ${what}`).toEqual([])
}
