import type { IncomingMessage, ServerResponse } from 'node:http'

const YEAR_SECONDS = 31_536_000

/** What browsers would let a page of ours ask for and none does; the clipboard is for our own pages. */
const PERMISSIONS = [
  ...[
    'accelerometer',
    'autoplay',
    'camera',
    'display-capture',
    'encrypted-media',
    'fullscreen',
    'geolocation',
    'gyroscope',
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'picture-in-picture',
    'publickey-credentials-get',
    'screen-wake-lock',
    'usb',
    'xr-spatial-tracking',
  ].map((feature) => `${feature}=()`),
  'clipboard-read=(self)',
  'clipboard-write=(self)',
].join(', ')

/** How a person's browser reaches us; `dev`: with what reloading takes. */
export type Reached = { readonly byTls: boolean; readonly byName: string; readonly dev: boolean }

/**
 * The Content-Security-Policy of an answer (CSP level 3): scripts within a page run only with this nonce, and nothing
 * comes from or goes to another origin. No 'strict-dynamic': it would let a script that was talked into making another
 * one do so inline too, and we serve no file that somebody else wrote.
 */
export function contentSecurityPolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'none'",
    // React explains errors with eval while developing.
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ''}`,
    // Toasts and the scroll lock behind dialogs insert style elements and take no nonce. What an injected style could
    // read it could send nowhere: images and fonts come from here alone.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * Puts on an answer of the desk what browsers are to keep to, whoever writes the answer afterwards. It does not see to
 * the nonce being on the page.
 */
export function setPolicy(request: IncomingMessage, response: ServerResponse, nonce: string, reached: Reached): void {
  const headers: Record<string, string> = {
    'content-security-policy': contentSecurityPolicy(nonce, reached.dev),
    'permissions-policy': PERMISSIONS,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  }
  // Where the address can be forged browsers ignore it, and complain.
  if (reached.byTls || isLoopbackName(reached.byName)) headers['cross-origin-opener-policy'] = 'same-origin'
  if (reached.byTls) headers['strict-transport-security'] = `max-age=${YEAR_SECONDS}`
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (!isFile(request.url ?? '/')) keepToOneself(response)
}

/** The framework says less in some of its answers, and says it last. */
function keepToOneself(response: ServerResponse): void {
  const writeHead = response.writeHead
  response.writeHead = function (this: ServerResponse, ...given: never) {
    this.setHeader('cache-control', 'private, no-store')
    return Reflect.apply(writeHead, this, given)
  }
}

// Of the build, or a single file such as the icon or the document of the API: the same for everybody.
const isFile = (url: string) => /^\/(?:_next\/static\/|(?:api\/)?[\w-]+\.\w+(?:\?|$))/.test(url)

/** Whether a host, with or without a port, names this very machine to a browser wherever it looks names up. */
export const isLoopbackName = (host: string) =>
  /^(?:localhost|[\w-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(host)
