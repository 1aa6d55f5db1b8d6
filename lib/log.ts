import pino from 'pino'
import { env } from '#lib/env'
import { scrub, withoutSecrets } from '#lib/redact'

type Write = (fields: object, message: string) => void

/** Where events are told: fields for machines, and a sentence of ours that quotes nothing. */
export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', Write>> & {
  /** Whether anything is written at level `debug`: ask before gathering what only it needs. */
  readonly debugs: boolean
}

/**
 * A log of JSON lines. No secret gets into a line: what is named like one is hidden, an error is told by its name, code
 * and place alone, and the finished line is searched for what has the form of one. A password within a sentence has no
 * form: what people typed belongs into no message.
 */
export function createLog(level: string, out: { write(line: string): unknown } = process.stdout): Log {
  const lines = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => void out.write(scrub(line)) },
  )
  const at =
    (name: 'debug' | 'info' | 'warn' | 'error'): Write =>
    (fields, message) => {
      if (lines.isLevelEnabled(name))
        lines[name](withoutSecrets(fields instanceof Error ? { error: fields } : fields), message)
    }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    debugs: lines.isLevelEnabled('debug'),
  }
}

let ours: Log | undefined

/** The log of this process, on its standard output, at LOG_LEVEL. */
export function log(): Log {
  ours ??= createLog(env().logLevel ?? 'info')
  return ours
}
