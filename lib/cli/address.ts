import { EXIT, Refusal } from '#lib/cli/exit-codes'

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/**
 * Where Tokenry is, as a token may be sent there: one that crosses a network in the clear is everybody's.
 * @throws Refusal
 */
export function readAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Refusal(EXIT.usage, `${text} is no address: begin with https://`)
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    throw new Refusal(EXIT.usage, `${text} is not encrypted, and the token would be sent in the clear: use https://`)
  return url.origin + url.pathname.replace(/\/$/, '')
}
