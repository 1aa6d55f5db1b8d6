import { DATA_PLANE } from '#lib/api/document/data-plane'
import { entryOf } from '#lib/api/document/desk'
import type { Entry } from '#lib/api/document/entry'
import { jsonSchemaOf } from '#lib/api/document/json-schema'
import { operationObject } from '#lib/api/document/operation-object'
import { ProblemJson } from '#lib/api/document/problem-responses'
import { SERVER_ROUTES } from '#lib/api/document/server-routes'
import type { ApiDocument, OperationObject, Schema } from '#lib/api/document/types'
import { OPERATIONS } from '#lib/api/operations'
import own from '../../../package.json' with { type: 'json' }

const TAGS: readonly ApiDocument['tags'][number][] = [
  { name: 'Verification', description: 'Whether a secret is good for what it is being used for.' },
  { name: 'Tokens', description: 'Tokens and their lifecycle, as people have it at the desk.' },
  { name: 'Usage', description: 'What was asked of tokens, counted.' },
  { name: 'Reports', description: 'Usage of a period, to keep or hand on.' },
  { name: 'Organizations', description: 'Customers and resellers below, and what is told of oneself.' },
  { name: 'Members', description: 'People and their roles, and invitations.' },
  { name: 'API users', description: 'Identities for services, which own service tokens.' },
  { name: 'Devices', description: 'Resources that rights can be narrowed to.' },
  { name: 'Server', description: 'For whoever runs this Tokenry.' },
]

const DESCRIPTION = `Send a token as \`Authorization: Bearer <secret>\` (RFC 6750). Requests and answers are JSON in UTF-8 unless said otherwise, and times are RFC 3339 in UTC.

Every refusal is a problem document (RFC 9457) with a stable \`code\`. A method that a path does not have is 405 with \`Allow\`; a path that there is not is 404. What a token may not see does not exist for it: 404, never 403.

Lists are read page by page: send \`nextCursor\` of an answer as \`cursor\`, with everything else unchanged, until it is null. Answers may be given more fields in time: ignore what you don't know.`

/**
 * The OpenAPI document of everything that is answered over HTTP, made of the schemas that judge it. `appUrl`: the origin
 * that people use, where it is known; else addresses are relative to where the document is read.
 */
export function apiDocument(appUrl: string | undefined): ApiDocument {
  const schemas: Record<string, Schema> = {}
  jsonSchemaOf(ProblemJson, 'output', schemas)
  const entries: readonly Entry[] = [...DATA_PLANE, ...OPERATIONS.map(entryOf), ...SERVER_ROUTES]
  const paths: Record<string, Record<string, OperationObject>> = {}
  for (const entry of entries)
    paths[entry.path] = { ...paths[entry.path], [entry.method.toLowerCase()]: operationObject(entry, schemas) }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tokenry',
      version: own.version,
      summary: own.description,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: own.license },
    },
    servers: [{ url: appUrl ?? '/', description: 'This server.' }],
    tags: TAGS.filter(({ name }) => entries.some(({ tag }) => tag === name)),
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of this Tokenry. Each operation names the scope that it takes, if any.',
        },
        metricsToken: { type: 'http', scheme: 'bearer', description: 'METRICS_TOKEN, from the environment.' },
      },
    },
  }
}
