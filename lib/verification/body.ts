import type { IncomingMessage, ServerResponse } from 'node:http'

/** Whether a request says of its body that it has more than so many bytes. */
export const isTooLarge = ({ headers }: IncomingMessage, atMost: number) =>
  Number(headers['content-length'] ?? 0) > atMost

/**
 * Hands over a request's body of at most so many bytes, or `too_large` as soon as it is known to be longer; once, and never
 * if it breaks off: then nobody is there to be answered.
 */
export function onBody(request: IncomingMessage, atMost: number, take: (body: Buffer | 'too_large') => void): void {
  if (isTooLarge(request, atMost)) {
    take('too_large')
    return
  }
  const chunks: Buffer[] = []
  let length = 0
  request.on('data', (chunk: Buffer) => {
    const before = length
    length += chunk.length
    if (length <= atMost) chunks.push(chunk)
    else if (before <= atMost) take('too_large')
  })
  request.on('end', () => {
    if (length <= atMost) take(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
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
