import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{app,components,db,lib,scripts}/**/*.test.{ts,tsx}'],
    globalSetup: './db/testing/global-setup.ts',
    setupFiles: './db/testing/no-console-errors.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // A process for each file would load the same modules a hundred times over. No test may leave any of them changed.
    isolate: false,
    unstubGlobals: true,
    // As many as there are cores where this is run for real; one fewer is what it takes by itself.
    maxWorkers: 2,
    env: { AUTH_SECRET: 'a secret for tests, of 32 characters or more', LOG_LEVEL: 'silent' },
  },
})
