import { access, constants } from 'node:fs/promises'
import { chromium } from '@playwright/test'
import { run } from '#scripts/run'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const isThere = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

/** Whether a browser really starts: one that is there may lack libraries. */
async function starts(executablePath: string): Promise<boolean> {
  if (!(await isThere(executablePath))) return false
  try {
    const browser = await chromium.launch({
      executablePath,
      chromiumSandbox: process.getuid?.() !== 0,
      timeout: 20_000,
    })
    await browser.close()
    return true
  } catch {
    return false
  }
}

/** The browser that comes as an npm package: a shell without windows, unpacked into the temporary folder. */
async function fromPackage(): Promise<string[]> {
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    return [await packed.executablePath()]
  } catch {
    return []
  }
}

/**
 * Finds a Chromium for the browser tests: the one named by TOKENRY_CHROMIUM, Playwright's own, the system's, the one of
 * the npm package, and else tries to install Playwright's. Throws an Error with one sentence if there is none.
 */
export async function findChromium(): Promise<string> {
  const own = chromium.executablePath()
  const named = process.env['TOKENRY_CHROMIUM']
  for (const path of [...(named ? [named] : []), own, ...INSTALLED]) if (await starts(path)) return path
  for (const path of await fromPackage()) if (await starts(path)) return path
  await run('playwright', ['install', 'chromium'])
  if (await starts(own)) return own
  throw new Error('No Chromium runs here: install one (apt-get install chromium), or name it in TOKENRY_CHROMIUM.')
}
