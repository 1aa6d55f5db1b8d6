import { connect } from 'node:net'

/** An answer as it came over the wire. */
export type Exchanged = {
  readonly status: number
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
}

const PATIENCE_MS = 10_000

/**
 * Writes bytes to a server, whatever they are, and reads the one answer to its end; rejects where none has come whole
 * after ten seconds. The bytes are to say `Connection: close`.
 */
export function exchange(base: string, bytes: string | Buffer): Promise<Exchanged> {
  const { hostname, port } = new URL(base)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    const pieces: Buffer[] = []
    const tooLate = setTimeout(() => {
      socket.destroy()
      reject(new Error(`no whole answer in time, but: ${Buffer.concat(pieces).toString().slice(0, 300)}`))
    }, PATIENCE_MS)
    socket.on('data', (piece) => pieces.push(piece))
    // A server that refuses may close before it has read everything.
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(tooLate)
      resolve(answerFrom(Buffer.concat(pieces).toString('latin1')))
    })
    socket.write(bytes)
  })
}

function answerFrom(whole: string): Exchanged {
  const end = whole.indexOf('\r\n\r\n')
  const [line = '', ...fields] = whole.slice(0, end).split('\r\n')
  const headers = fields.map((field): [string, string] => {
    const [name = ''] = field.split(':', 1)
    return [name.toLowerCase(), field.slice(name.length + 1).trim()]
  })
  return { status: Number(line.split(' ')[1] ?? 0), headers: new Map(headers), text: whole.slice(end + 4) }
}
