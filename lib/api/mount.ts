import { type ApiHome, apiHome } from '#lib/api/home'
import { METHODS, type Operation } from '#lib/api/operation'
import { refuse } from '#lib/api/problems'
import { serve } from '#lib/api/serve'
import { problem } from '#lib/problem'

type Handler = (
  request: Request,
  route: { readonly params: Promise<Readonly<Record<string, string>> | undefined> },
) => Promise<Response>

/**
 * The handlers of a route by method, for its route.ts to export; all of one path. HEAD is answered as GET, and whatever
 * the route has no operation for with 405 and what it allows.
 */
export function mount(...operations: readonly Operation[]) {
  return mountOn(apiHome, operations)
}

/** The same on what `open` gives. */
export function mountOn(open: () => ApiHome, operations: readonly Operation[]) {
  const allowed = METHODS.filter((method) => operations.some((each) => each.method === method))
  const allow = allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')
  const handle = (method: string): Handler => {
    const found = operations.find((each) => each.method === method)
    return async (request, { params }) =>
      found === undefined
        ? refuse(problem(405, 'method_not_allowed', 'There is no such method here.'), { allow })
        : // A path without any has none at all.
          serve(found, open(), request, (await params) ?? {})
  }
  return {
    GET: handle('GET'),
    HEAD: handle('GET'),
    POST: handle('POST'),
    PUT: handle('PUT'),
    PATCH: handle('PATCH'),
    DELETE: handle('DELETE'),
    OPTIONS: handle('OPTIONS'),
  }
}
