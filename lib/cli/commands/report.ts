import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import { knownClient } from '#lib/cli/client'
import { EXIT, Refusal } from '#lib/cli/exit-codes'
import { ORGANIZATION, type Organization } from '#lib/cli/options'
import { say } from '#lib/cli/print'

type Options = Organization & {
  readonly format: 'pdf' | 'csv'
  readonly out: string
  readonly from?: string
  readonly to?: string
  readonly timeZone?: string
  readonly force?: boolean
}

/** `tokenry report`. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('download a report of usage')
    .addOption(new Option('--format <format>').choices(['pdf', 'csv']).default('pdf'))
    .requiredOption('--out <file>', 'where to put it; - for standard output')
    .option('--from <time>', 'a date, meaning its start in UTC, or a date-time')
    .option('--to <time>', 'up to then, which is not part of it')
    .option('--time-zone <name>', 'by whose days it is told, as Europe/Berlin')
    .addOption(ORGANIZATION())
    .option('--force', 'overwrite the file')
    .action(async ({ format, out, force, ...query }: Options) => {
      const isFile = out !== '-'
      if (isFile && !force && (await stat(out).catch(() => null)) !== null)
        throw new Refusal(EXIT.usage, `${out} is there already: name another file, or say --force.`)
      const client = await knownClient()
      const { body } = await client.ask('GET', `/api/v1/reports/usage.${format}`, { query })
      if (body === null) throw new Refusal(EXIT.failed, 'The server answered with nothing.')
      const source = Readable.from(body)
      const counted = progress()
      if (!isFile) return pipeline(source, counted, process.stdout, { end: false })
      // Under its own name only once it is whole.
      const unfinished = `${out}.part`
      try {
        await pipeline(source, counted, createWriteStream(unfinished, { flags: 'wx' }))
        await rename(unfinished, out)
      } catch (cause) {
        throw await brokenOff(cause, unfinished)
      }
      say(`${out} is written.`)
    })
}

/** What is said of a report that is not whole: of the file here, or of the server. Nothing of it stays. */
async function brokenOff(cause: unknown, unfinished: string): Promise<Refusal> {
  const { code, syscall } = cause instanceof Error ? (cause as NodeJS.ErrnoException) : {}
  if (code === 'EEXIST')
    return new Refusal(EXIT.failed, `${unfinished} is there already: somebody else may be writing it.`)
  await rm(unfinished, { force: true })
  return syscall === 'open' || syscall === 'write' || syscall === 'rename'
    ? new Refusal(EXIT.failed, `The report cannot be written (${code}).`)
    : new Refusal(EXIT.unavailable, 'The report broke off. Nothing of it was kept.')
}

/** Lets bytes through and tells people how many came, several times a second; how many will is not known beforehand. */
function progress(): Transform {
  let bytes = 0
  let toldAt = 0
  const tell = () => {
    if (process.stderr.isTTY) process.stderr.write(`\r${(bytes / 1_048_576).toFixed(1)} MiB`)
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (performance.now() - toldAt > 200) {
        toldAt = performance.now()
        tell()
      }
      done(null, chunk)
    },
    flush(done) {
      tell()
      if (process.stderr.isTTY) process.stderr.write('\n')
      done()
    },
  })
}
