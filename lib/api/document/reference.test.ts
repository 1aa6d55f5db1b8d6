import { expect, test } from 'vitest'
import { z } from 'zod'
import { apiDocument } from '#lib/api/document/document'
import { fieldsOf } from '#lib/api/document/fields'
import { jsonSchemaOf } from '#lib/api/document/json-schema'
import { referenceOf } from '#lib/api/document/reference'
import { samplesOf } from '#lib/api/document/samples'
import type { Schema } from '#lib/api/document/types'

test('the reference shows every operation of the document once', () => {
  const document = apiDocument(undefined)
  const told = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map((each) => each.operationId),
  )
  const shown = referenceOf(document).sections.flatMap(({ operations }) => operations.map(({ id }) => id))
  expect(shown.toSorted()).toEqual(told.toSorted())
  expect(new Set(shown)).toHaveLength(shown.length)
})

test('fields within lists, objects and several forms are told under their paths, and required only where they always are', () => {
  const schemas: Record<string, Schema> = {}
  const Item = z.strictObject({ at: z.iso.datetime().describe('When.') }).meta({ id: 'Item' })
  const schema = z.union([
    z.strictObject({ kind: z.literal('a'), items: z.array(Item), more: z.strictObject({ n: z.int() }).nullable() }),
    z.strictObject({ kind: z.literal('b') }),
  ])
  const row = (name: string, type: string, required: boolean, description = '') => ({
    name,
    type,
    required,
    description,
  })
  expect(fieldsOf(jsonSchemaOf(schema, 'output', schemas), schemas)).toEqual([
    row('kind', '"a" or "b"', true),
    row('items', 'list of object', false),
    row('items[].at', 'time', true, 'When.'),
    row('more', 'object or null', false),
    row('more.n', 'whole number', true),
  ])
  expect(schemas).toHaveProperty('Item')
})

test('one id for two forms is a fault that stops the document', () => {
  const schemas: Record<string, Schema> = {}
  const twice = (inner: z.ZodType) =>
    jsonSchemaOf(z.strictObject({ inner: inner.meta({ id: 'Twice' }) }), 'output', schemas)
  twice(z.string())
  expect(() => twice(z.string())).not.toThrow()
  expect(() => twice(z.int())).toThrow(/Twice/)
})

test('a sample has path, query, key, body and credential in each language, in its own words for true and nothing', () => {
  const text = { type: 'string' }
  const needed = (name: string, place: 'path' | 'query' | 'header', example: unknown) => ({
    ...{ name, in: place, example, required: true, schema: text },
  })
  const [curl, javascript, python] = samplesOf('POST', '/api/v1/things/{id}', {
    parameters: [needed('id', 'path', 'x1'), needed('of', 'query', 'a b'), needed('Idempotency-Key', 'header', 'k')],
    security: [{ token: ['things:write'] }],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: {}, example: { token: 'secret', name: "it's", on: true, none: null } } },
    },
    responses: { '201': { description: 'Created.', content: { 'application/json': { schema: {} } } } },
  }).map(({ source }) => source)
  expect(curl).toContain(`-d '{"token": "'"$TOKEN_TO_CHECK"'", "name": "it'\\''s", "on": true, "none": null}'`)
  expect(javascript).toContain("{ token: process.env.TOKEN_TO_CHECK, name: 'it\\'s', on: true, none: null }")
  expect(python).toContain('{"token": os.environ["TOKEN_TO_CHECK"], "name": "it\'s", "on": True, "none": None}')
  for (const sample of [curl, javascript, python]) {
    expect(sample).toContain('/api/v1/things/x1?of=a+b')
    expect(sample?.toLowerCase()).toContain('idempotency-key')
    expect(sample).toContain('TOKENRY_TOKEN')
  }
})
