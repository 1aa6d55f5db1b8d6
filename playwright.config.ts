import { defineConfig } from '@playwright/test'

const executablePath = process.env['TOKENRY_CHROMIUM']

const LEAKS = /leaks\.spec\.ts$/

export default defineConfig({
  testDir: './e2e',
  globalSetup: './e2e/support/server.ts',
  fullyParallel: true,
  // One more than the cores that this is run on for real: there is always a page that waits.
  workers: 3,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  // What the journeys left is searched when all of them are over, however they ended.
  projects: [
    { name: 'journeys', testIgnore: LEAKS, teardown: 'leaks' },
    { name: 'leaks', testMatch: LEAKS },
  ],
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  use: {
    actionTimeout: 15_000,
    // What moves is painted, by the processor, and waited for. The keyboard's journeys let it move.
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    permissions: ['clipboard-read', 'clipboard-write'],
    // What was done and asked, without films and copies of each page: those cost more than the steps.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // A browser refuses to run as root inside its own sandbox.
      chromiumSandbox: process.getuid?.() !== 0,
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-gpu',
        '--no-first-run',
        // A name that browsers do not take for this machine: no secure context on plain http.
        '--host-resolver-rules=MAP tokens.test 127.0.0.1',
      ],
    },
  },
})
