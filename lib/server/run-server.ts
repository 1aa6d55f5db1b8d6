/**
 * Runs a server until a signal ends it. `start` leaves in `resources` what is then let go of in order; what it throws
 * becomes one line and exit status 1. A second signal does not wait for the rest.
 */
export async function runServer(start: (resources: AsyncDisposableStack) => Promise<void>): Promise<void> {
  const resources = new AsyncDisposableStack()
  let stoppedAt: number | undefined

  const stop = async () => {
    if (stoppedAt !== undefined) {
      // npm passes on a Ctrl-C that the terminal has already sent us: only a later one is the person's second.
      if (Date.now() - stoppedAt > 1_000) process.exit(1)
      return
    }
    stoppedAt = Date.now()
    await resources.disposeAsync().catch((error) => {
      complain(error)
      process.exit(1)
    })
    process.exit(0)
  }

  // Whoever read the log may go away; that is no reason to stop.
  process.stdout.on('error', () => {})
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)

  try {
    await start(resources)
  } catch (error) {
    // What was open when a signal came is closed by then, and may well complain.
    if (stoppedAt !== undefined) return
    complain(error)
    await resources.disposeAsync().catch(() => {})
    process.exit(1)
  }
}

const complain = (error: unknown) => console.error(error instanceof Error ? error.message : error)
