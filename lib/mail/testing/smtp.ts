import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'

export type Received = {
  readonly to: readonly string[]
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/**
 * A mail server of the test's own on loopback, which keeps what it is sent. `refuse` has it say no to so many mails
 * first. It is up once `up` has resolved, on the same port each time.
 */
export async function openSmtp({ refuse = 0 } = {}) {
  const mails: Received[] = []
  let refusals = refuse
  let server: SMTPServer | undefined
  const listen = async (port: number) => {
    const opened = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          if (refusals > 0) {
            refusals -= 1
            done(Object.assign(new Error(`try later: ${Buffer.concat(chunks)}`.slice(0, 400)), { responseCode: 451 }))
            return
          }
          const { mailFrom, rcptTo } = session.envelope
          const from = mailFrom === false ? '' : mailFrom.address
          mails.push({ from, to: rcptTo.map(({ address }) => address), ...read(Buffer.concat(chunks).toString()) })
          done()
        })
      },
    })
    // Clients that go away in the midst are no concern of the test's.
    opened.on('error', () => {})
    opened.listen(port, '127.0.0.1')
    await once(opened.server, 'listening')
    server = opened
    const address = opened.server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }
  const close = async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    if (server === undefined) resolve()
    else server.close(resolve)
    server = undefined
    await promise
  }
  const port = await listen(0)
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refusalsLeft: () => refusals,
    down: close,
    up: () => listen(port),
    close,
  }
}

function read(raw: string) {
  const [head = ''] = raw.split('\r\n\r\n', 1)
  const [, subject = ''] = /^subject: (.*(?:\r\n\s.*)*)/im.exec(head) ?? []
  return { subject, text: partOf(raw, 'text/plain'), html: partOf(raw, 'text/html') }
}

/** A part of a mail, decoded. */
function partOf(raw: string, type: string): string {
  const start = raw.indexOf(`Content-Type: ${type}`)
  const part = raw.slice(start, raw.indexOf('\r\n--', start))
  const at = part.indexOf('\r\n\r\n')
  const [head, body] = [part.slice(0, at), part.slice(at + 4)]
  if (/quoted-printable/i.test(head)) {
    const bytes = body
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    return Buffer.from(bytes, 'latin1').toString()
  }
  return /base64/i.test(head) ? Buffer.from(body, 'base64').toString() : body
}

/** The secret part of the one link in a mail. */
export const linkIn = ({ text }: Pick<Received, 'text'>): string => /#([\w-]{22})$/m.exec(text)?.[1] ?? 'none'
