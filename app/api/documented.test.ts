import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { apiDocument } from '#lib/api/document/document'
import { ROUTES } from '#lib/verification/routes'
import { GET } from './openapi.json/route'

const HERE = import.meta.dirname
type Handler = (request: Request, route: { readonly params: Promise<object> }) => Promise<Response>
const Handlers = z.object({ OPTIONS: z.custom<Handler>((value) => typeof value === 'function').optional() })

/** What is no operation: what people sign in by, and whatever there is not. */
const UNDOCUMENTED = ['auth/[...nextauth]', '[...path]']

const pathOf = (folder: string) => `/api/${folder.replaceAll(/\[(\w+)\]/g, '{$1}')}`
const methods = (names: readonly string[]) => names.filter((name) => name !== 'HEAD')

/** The methods of every route below app/api, as it says them itself. */
async function mounted(): Promise<[string, string[]][]> {
  const folders = globSync('**/route.ts', { cwd: HERE }).map((file) => dirname(file).replaceAll('\\', '/'))
  return Promise.all(
    folders
      .filter((folder) => !UNDOCUMENTED.includes(folder))
      .map(async (folder): Promise<[string, string[]]> => {
        const handlers = Handlers.parse(await import(pathToFileURL(join(HERE, folder, 'route.ts')).href))
        if (handlers.OPTIONS === undefined) return [pathOf(folder), ['GET']]
        const answer = await handlers.OPTIONS(new Request('http://localhost'), { params: Promise.resolve({}) })
        const allow = answer.headers.get('allow') ?? ''
        return [pathOf(folder), methods(allow.split(', '))]
      }),
  )
}

test('the document tells of every route and method there is, and of no other', async () => {
  const verifier = [...ROUTES].map(([path, route]): [string, string[]] => [path, methods(route.methods)])
  const answered = [...(await mounted()), ...verifier, ['/api/metrics', ['GET']] satisfies [string, string[]]]
  const told = Object.entries(apiDocument(undefined).paths).map(([path, operations]) => [
    path,
    Object.keys(operations).map((method) => method.toUpperCase()),
  ])
  const sorted = (pairs: readonly unknown[][]) =>
    Object.fromEntries(pairs.map(([path, list]) => [path, [list].flat().toSorted()]))
  expect(sorted(told)).toEqual(sorted(answered))
})

test('the document can be kept, and is sent again only when it is another', async () => {
  const ask = (tag?: string) =>
    GET(new Request('http://localhost', tag === undefined ? {} : { headers: { 'if-none-match': tag } }))
  const first = ask()
  const etag = first.headers.get('etag') ?? ''
  expect(first.headers.get('content-type')).toBe('application/json')
  expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/)
  expect(await first.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./), info: { title: 'Tokenry' } })
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const again = ask(tag)
    expect(again.status).toBe(304)
    expect(again.headers.get('etag')).toBe(etag)
    expect(await again.text()).toBe('')
  }
  expect(ask('"other"').status).toBe(200)
})
