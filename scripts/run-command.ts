/**
 * Runs what a person has asked for at a terminal: what it throws becomes one line and an exit status other than zero,
 * and a signal ends it by way of everything that is to be tidied up when the process exits.
 */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))
  try {
    await work()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
