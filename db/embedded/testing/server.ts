import { startEmbeddedDatabase } from '#db/embedded/start'

/** A server that does nothing but use the embedded database in the folder it is given, until SIGTERM. */
const database = await startEmbeddedDatabase({ dataDir: process.argv[2] ?? '', say: () => {} })
const stay = setInterval(() => {}, 1_000)
process.once('SIGTERM', async () => {
  await database.stop()
  clearInterval(stay)
})
process.stdout.write(`${JSON.stringify({ url: database.url, dataPath: database.dataPath })}\n`)
