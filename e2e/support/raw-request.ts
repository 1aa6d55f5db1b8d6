import { type IncomingHttpHeaders, request } from 'node:http'

export type RawAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }

/** A request with any header that one likes to write, `Host` included, which no browser would; follows nothing. */
export function rawRequest(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    sent.on('error', reject)
    sent.end()
  })
}
