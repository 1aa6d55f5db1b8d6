import type { IncomingMessage, ServerResponse } from 'node:http'

/** Whether a request says of its body that it has more than so many bytes. */
export const isTooLarge = ({ headers }: IncomingMessage, atMost: number) =>
  Number(headers['content-length'] ?? 0) > atMost

/** Reads a request's body of at most so many bytes; `too_large` as soon as it is known to be longer, null if it breaks off. */
export function readBody(request: IncomingMessage, atMost: number): Promise<Buffer | 'too_large' | null> {
  if (isTooLarge(request, atMost)) return Promise.resolve('too_large')
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > atMost) resolve('too_large')
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', () => resolve(null))
    request.on('close', () => resolve(null))
  })
}

/**
 * Sends the last answer of a connection whose request is still arriving. The answer goes out at once; what arrives is
 * thrown away for a second at most, since closing on a peer that is still sending can cost it the answer.
 */
export function answerAndClose(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | number>>,
  text: string,
): void {
  response.writeHead(status, { ...headers, connection: 'close' })
  response.write(text)
  const end = () => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(end, 1_000)
  request.removeAllListeners('data')
  request.on('end', end)
  request.on('close', end)
  if (request.readableEnded) end()
  else request.resume()
}
