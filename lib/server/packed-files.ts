import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** The types of files that are worth packing. */
export const isPackable = (path: string) => extname(path) in TYPES

/** The end of the name of a packed file, beside the one that it was packed from. */
export const PACKED = '.br'

type Packed = { readonly type: string; readonly body: Buffer }

/**
 * The build's scripts and styles that were packed with Brotli when it was made, kept in memory. The answer takes a GET
 * or HEAD for one of them by a client that unpacks it, and says whether it did: a file whose name changes with its
 * content, the same for everybody, without what only pages need to be told.
 */
export function openPackedFiles(folder: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const files = new Map<string, Packed>()
  for (const path of namesIn(folder)) {
    const plain = path.slice(0, -PACKED.length)
    const type = TYPES[extname(plain)]
    if (!path.endsWith(PACKED) || type === undefined) continue
    files.set(`/_next/static/${plain.split(sep).join('/')}`, { type, body: readFileSync(join(folder, path)) })
  }
  return (request, response) => {
    const { method, url = '', headers } = request
    const file = files.get(url)
    if (file === undefined || (method !== 'GET' && method !== 'HEAD') || !takesBrotli(headers)) return false
    response.writeHead(200, {
      'content-type': file.type,
      'content-encoding': 'br',
      'content-length': file.body.length,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
    response.end(method === 'HEAD' ? undefined : file.body)
    return true
  }
}

function namesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  } catch {
    // While developing there is no build.
    return []
  }
}

// `br;q=0` says that it does not.
const takesBrotli = (headers: IncomingMessage['headers']) =>
  /(?:^|,)\s*br\s*(?:$|,|;\s*q=(?:1|0\.\d*[1-9]))/.test(String(headers['accept-encoding'] ?? ''))
