// Loaded into a server before its own program: at SIGUSR2 it frees what it can and prints what it holds, in bytes.
process.on('SIGUSR2', () => {
  globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  console.log(`memory ${JSON.stringify({ rss, heap: heapUsed + external })}`)
})
