import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { EXIT, Refusal } from '#lib/cli/exit-codes'

/** A secret from whoever sits there, unseen while it is typed; or all of standard input where nobody does. */
export async function askSecret(question: string): Promise<string> {
  const { stdin } = process
  if (!stdin.isTTY) return (await text(stdin)).trim()
  process.stderr.write(question)
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: unseen, terminal: true })
  try {
    return (await lines.question('')).trim()
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}

/** Goes on only with a yes: of whoever sits there, or given beforehand as `--yes`. @throws Refusal */
export async function confirm(question: string, yes: boolean): Promise<void> {
  if (yes) return
  if (!process.stdin.isTTY) throw new Refusal(EXIT.usage, `${question} Say so with --yes.`)
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await lines.question(`${question} [y/N] `)
    if (!/^y(?:es)?$/i.test(answer.trim())) throw new Refusal(EXIT.failed, 'Nothing was done.')
  } finally {
    lines.close()
  }
}
