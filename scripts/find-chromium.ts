import { access, constants } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
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

/**
 * The browser that comes as an npm package: a shell without windows, unpacked into the temporary folder; null where it
 * does not run. Where the system lacks libraries that it needs, it brings those along too.
 */
async function fromPackage(): Promise<string | null> {
  try {
    const { default: packed, inflate, setupLambdaEnvironment } = await import('@sparticuz/chromium')
    const path = await packed.executablePath()
    if (await starts(path)) return path
    const files = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin')
    setupLambdaEnvironment(join(await inflate(join(files, 'al2023.tar.br')), 'lib'))
    return (await starts(path)) ? path : null
  } catch {
    return null
  }
}

/**
 * Finds a Chromium for the browser tests: the one named by TOKENRY_CHROMIUM, the one of the npm package, whose shell does
 * the same with a third less work than a whole browser, Playwright's own, the system's, and else tries to install
 * Playwright's. Throws an Error with one sentence if there is none.
 */
export async function findChromium(): Promise<string> {
  const own = chromium.executablePath()
  const named = process.env['TOKENRY_CHROMIUM']
  if (named && (await starts(named))) return named
  const packed = await fromPackage()
  if (packed !== null) return packed
  for (const path of [own, ...INSTALLED]) if (await starts(path)) return path
  await run('playwright', ['install', 'chromium'])
  if (await starts(own)) return own
  throw new Error('No Chromium runs here: install one (apt-get install chromium), or name it in TOKENRY_CHROMIUM.')
}
