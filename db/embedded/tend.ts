import { hasKeeper } from '#db/embedded/lease'

const INTERVAL = 1_000

/**
 * Looks after a running database: calls `restart` whenever its keeper is gone, until the function that it returns is
 * called, which waits for a restart under way. A restart that fails is told, once for each reason, and tried again.
 */
export function tend(lease: string, restart: () => Promise<void>, say: (line: string) => void): () => Promise<void> {
  let underWay: Promise<void> | undefined
  let lastProblem: string | undefined

  async function look() {
    if (hasKeeper(lease)) return
    if (lastProblem === undefined) say('The database has ended unexpectedly; starting it again.')
    try {
      await restart()
      lastProblem = undefined
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      if (problem !== lastProblem) say(problem)
      lastProblem = problem
    }
  }

  const timer = setInterval(() => {
    underWay ??= look().finally(() => {
      underWay = undefined
    })
  }, INTERVAL).unref()

  return async () => {
    clearInterval(timer)
    await underWay
  }
}
