import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Begun last, one of these would keep a single worker busy when all else is done; their size tells nothing of it. */
const LONGEST = /(who-may|node|start|mail|timing|silence|reseal|backup|restore|supervise|large)\.test\.ts$/

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files)
    const isLong = (file: TestSpecification) => LONGEST.test(file.moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

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
    // One more than the cores that this is run on for real: many tests wait for what takes its time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    env: { AUTH_SECRET: 'a secret for tests, of 32 characters or more', LOG_LEVEL: 'silent' },
  },
})
