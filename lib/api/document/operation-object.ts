import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import type { Entry } from '#lib/api/document/entry'
import { exampleOf } from '#lib/api/document/example'
import { jsonSchemaOf } from '#lib/api/document/json-schema'
import { headersOf, problemResponses } from '#lib/api/document/problem-responses'
import { samplesOf } from '#lib/api/document/samples'
import type { ApiResponse, OperationObject, Parameter, Schema } from '#lib/api/document/types'
import { RevealKey } from '#lib/tokens/schema'

type Collected = Record<string, Schema>

/** An entry as the document tells of it; schemas with an id are put into `schemas`. */
export function operationObject(entry: Entry, schemas: Collected): OperationObject {
  const { name, tag, summary, description, access } = entry
  const parameters = [
    ...parametersOf(entry.params, 'path', schemas),
    ...parametersOf(entry.query, 'query', schemas),
    ...(entry.key === null ? [] : [keyParameter(entry.key, schemas)]),
  ]
  const body = entry.body && bodyOf(entry.body, schemas)
  const told = {
    operationId: name,
    summary,
    ...(description !== undefined && { description }),
    tags: [tag] as const,
    security: securityOf(access),
    parameters,
    ...(body && { requestBody: body }),
    responses: { ...answersOf(entry, schemas), ...problemResponses(entry.refusals) },
  }
  return { ...told, 'x-codeSamples': samplesOf(entry.method, entry.path, told) }
}

function securityOf(access: Entry['access']): OperationObject['security'] {
  if (access === 'none') return []
  if (access === 'metrics') return [{ metricsToken: [] }, {}]
  return [{ token: access.scope === null ? [] : [access.scope] }]
}

function parametersOf(of: z.ZodObject | null, place: 'path' | 'query', schemas: Collected): Parameter[] {
  if (of === null) return []
  const { properties = {}, required = [] } = jsonSchemaOf(of, 'input', schemas)
  return Object.entries(properties).map(([name, { description, ...schema }]) => {
    const must = place === 'path' || required.includes(name)
    return {
      name,
      in: place,
      required: must,
      ...(description !== undefined && { description }),
      schema,
      ...(must && { example: exampleOf(schema, schemas, { name }) }),
    }
  })
}

const AnyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/)

const AGAIN =
  'New for each thing to be done. Whoever sends the same again within 24 hours gets the same answer, and nothing is done twice.'

const ABOUT_KEY: Readonly<Record<NonNullable<Entry['key']>, string>> = {
  possible: AGAIN,
  mayReveal: `${AGAIN} Needed where the answer holds the secret, which is derived from it: 16 random bytes as 22 characters of base64url then. With \`"reveal": false\`, and for a caller who may not reveal, it is optional, and may be any.`,
  reveals:
    '16 random bytes as 22 characters of base64url. Whoever sends the same again gets the same answer; the secret answered is derived from it.',
}

const keyParameter = (key: NonNullable<Entry['key']>, schemas: Collected): Parameter => ({
  name: 'Idempotency-Key',
  in: 'header',
  required: key === 'reveals',
  description: ABOUT_KEY[key],
  schema: jsonSchemaOf(key === 'reveals' ? RevealKey : AnyKey, 'input', schemas),
  example: 'pPq3vXbH5mT0cYw8nZ1kRA',
})

function bodyOf({ schema, mediaType }: NonNullable<Entry['body']>, schemas: Collected) {
  const made = jsonSchemaOf(schema, 'input', schemas)
  const example = exampleOf(made, schemas, { optional: false })
  return { required: !schema.safeParse({}).success, content: { [mediaType]: { schema: made, example } } }
}

function answersOf({ answers, mediaType }: Entry, schemas: Collected): Record<string, ApiResponse> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => {
      const headers = headersOf(Number(status))
      const description = `${STATUS_CODES[status] ?? 'Answered'}.`
      if (mediaType !== 'application/json' && status === '200')
        return [status, { description, content: { [mediaType]: { schema: { type: 'string' } } } }]
      if (schema === null) return [status, { description }]
      const made = jsonSchemaOf(schema, 'output', schemas)
      return [
        status,
        {
          description,
          ...(headers && { headers }),
          content: { [mediaType]: { schema: made, example: exampleOf(made, schemas) } },
        },
      ]
    }),
  )
}
