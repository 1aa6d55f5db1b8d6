import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { problem } from '#lib/problem'

/** Deeper than any input of ours: an expiration within an input within the list of arguments. */
const DEEPEST = 6

/** The refusal of anything else. */
export const NOT_PLAIN = problem(400, 'not_json', 'An action takes one argument, in JSON and UTF-8.')

/**
 * Whether the body of an action is one argument in plain JSON, which is all that an action of ours takes. The
 * framework's own notation says much more (references, functions, files, streams); it is not to read any of it from a
 * stranger, and what it cannot read would be a fault of the server's. The body stays where it is for whoever reads it;
 * it must be known to fit into memory. Says nothing of who asks.
 */
export async function hasPlainArgument(request: IncomingMessage): Promise<boolean> {
  const body = await peek(request)
  return body !== null && isUtf8(body) && isPlainArgument(body.toString())
}

/** The whole body, left in the request; null where there is none or it breaks off. */
function peek(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const look = () => {
      if (!request.complete) return
      request.off('readable', look)
      const body: Buffer | null = request.read()
      if (body !== null) request.unshift(body)
      resolve(body)
    }
    request.on('readable', look)
    for (const over of ['end', 'close']) request.once(over, () => resolve(null))
  })
}

function isPlainArgument(text: string): boolean {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.length === 1 && isPlain(list, DEEPEST)
  } catch {
    return false
  }
}

// In that notation a dollar sign begins what is no text; a text of its own is written with two.
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return !value.startsWith('$') || value.startsWith('$$') || value === '$undefined'
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every((each) => isPlain(each, depth - 1))
}
