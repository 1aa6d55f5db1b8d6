import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import type { default as axe, RunOptions } from 'axe-core'

type Theme = 'light' | 'dark'

export type Look = {
  readonly width: number
  /** One after the other on the same page. */
  readonly themes: readonly Theme[]
}

/** The looks that every screen is seen in. */
export const LOOKS: readonly Look[] = [
  { width: 1280, themes: ['light', 'dark'] },
  { width: 375, themes: ['light'] },
]

/** What a browser of that look is like: a phone has a touch screen. */
export const browserFor = ({ width }: Look) => {
  const phone = width < 640
  return {
    colorScheme: 'light' as const,
    viewport: { width, height: phone ? 812 : 800 },
    isMobile: phone,
    hasTouch: phone,
  }
}

declare global {
  interface Window {
    readonly axe: typeof axe
  }
}

// A third of what the package's own text of itself takes to be read; that it is loaded is its answer.
const AXE = `${readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')};'axe' in window`

// In another theme the same page differs in colours alone.
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block']

const OVER_THE_PAGE = '[role="dialog"], [role="alertdialog"], [role="menu"]'

/**
 * Expects of what stands there now that axe finds no fault with it in any theme and that nothing scrolls sideways; goes on
 * and fails in the end, so that one run tells everything. With `E2E_SCREENS` set it takes pictures into
 * `test-results/screens`.
 */
export async function look(page: Page, name: string, { themes, width }: Look, fullPage = false): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  const scrolls = await page.evaluate(() => document.scrollingElement?.scrollWidth)
  expect.soft(scrolls, `${name} is no wider than ${width}`).toBeLessThanOrEqual(width)
  for (const theme of themes) {
    await showIn(page, theme)
    const what = `${name}-${theme}-${width}`
    if (process.env['E2E_SCREENS'] !== undefined)
      await page.screenshot({ path: `test-results/screens/${what}.png`, animations: 'disabled', fullPage })
    const found = theme === themes[0] ? await faults(page) : await faultsOfColour(page)
    expect.soft(found, `axe finds nothing at ${what}`).toEqual([])
  }
  await showIn(page, 'light')
}

/** What axe finds fault with in the page; behind a dialog or menu not in its colours, which are dimmed there. */
async function faults(page: Page): Promise<string[]> {
  if (!(await isCovered(page))) return run(page)
  const rules = Object.fromEntries(RULES_OF_COLOUR.map((rule) => [rule, { enabled: false }]))
  return [...(await run(page, { rules })), ...(await faultsOfColour(page))]
}

const faultsOfColour = async (page: Page) =>
  run(page, { runOnly: RULES_OF_COLOUR }, (await isCovered(page)) ? OVER_THE_PAGE : undefined)

const isCovered = async (page: Page) => (await page.locator(OVER_THE_PAGE).count()) > 0

/** Runs axe, which stays in the page for the next time, on what a selector finds or on all of it; there are no frames. */
async function run(page: Page, options: RunOptions = {}, within?: string): Promise<string[]> {
  if (await page.evaluate(() => !('axe' in window))) await load(page)
  const all = { iframes: false, resultTypes: ['violations'], ...options } satisfies RunOptions
  const { violations } = await page.evaluate(([context, options]) => window.axe.run(context ?? document, options), [
    within,
    all,
  ] as const)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** Gives axe to the page's document as a script of its own: evaluated as a page's text it is compiled anew each time. */
async function load(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { result } = await session.send('Runtime.evaluate', { expression: AXE, returnByValue: true })
  await session.detach()
  expect(result.value, 'axe is in the page').toBe(true)
}

/** Lets the system's choice be that theme, and waits until the page has followed. */
async function showIn(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${theme}\\b`))
}
