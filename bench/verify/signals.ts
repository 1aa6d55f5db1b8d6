/** Disposes of what is in use when the process is told to end. */
export function disposeOnSignals(resources: AsyncDisposableStack): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, async () => {
      await resources.disposeAsync()
      process.exit(1)
    })
}
