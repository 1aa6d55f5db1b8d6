import type { IncomingMessage } from 'node:http'

const COOKIE = /^\s*(?:__Secure-|__Host-)?authjs\.callback-url\s*=(.*)$/s

/**
 * Takes out of a request the addresses to return to that next-auth could not read, in the query of its own routes and in
 * its cookie: it would answer 500, and on pages take it for a sign-out. Whether an address is ours it leaves to next-auth.
 */
export function dropUnreadableCallback(request: IncomingMessage): void {
  const { url = '/', headers } = request
  const [path = '/', ...rest] = url.split('?')
  const query = new URLSearchParams(rest.join('?'))
  if (path.startsWith('/api/auth/') && !query.getAll('callbackUrl').every(isReadable)) {
    query.delete('callbackUrl')
    request.url = query.size === 0 ? path : `${path}?${query}`
  }
  if (headers.cookie?.includes('authjs.callback-url')) headers.cookie = withoutUnreadable(headers.cookie)
}

const withoutUnreadable = (cookies: string) =>
  cookies
    .split(';')
    .filter((each) => {
      const [, value] = COOKIE.exec(each) ?? []
      return value === undefined || isReadable(decoded(value.trim()))
    })
    .join(';')

const isReadable = (address: string) =>
  /^https?:$/.test(URL.parse(address, address.startsWith('/') ? 'http://localhost' : undefined)?.protocol ?? '')

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
