import { fieldsOf, typesOf } from '#lib/api/document/fields'
import { WHEN } from '#lib/api/document/refusals'
import type { ApiDocument, ApiResponse, Content, OperationObject, Parameter, Schemas } from '#lib/api/document/types'
import type { AnswerView, ContentView, OperationView, ProblemView, ReferenceView } from '#lib/api/document/view'
import { PROBLEM_JSON } from '#lib/problem'

/** A document as a page for people shows it: sections by tag, in the order of the tags. */
export function referenceOf({ info, servers, tags, paths, components }: ApiDocument): ReferenceView {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const origin = servers[0]?.url
  return {
    version: info.version,
    origin: origin === undefined || origin === '/' ? null : origin,
    introduction: info.description.split('\n\n'),
    sections: tags.map(({ name, description }) => ({
      id: name.toLowerCase(),
      name,
      description,
      operations: operations
        .filter(({ operation }) => operation.tags.includes(name))
        .map(({ path, method, operation }) => viewOf(path, method, operation, components.schemas)),
    })),
  }
}

function viewOf(path: string, method: string, operation: OperationObject, schemas: Schemas): OperationView {
  const { operationId: id, summary, description = null, security, parameters, requestBody, responses } = operation
  const statuses = Object.entries(responses)
  return {
    ...{ id, method, path, summary, description },
    access: accessOf(security),
    parameters: parameters.map((each) => parameterOf(each, schemas)),
    body: requestBody === undefined ? null : contentOf(requestBody.content, schemas),
    answers: statuses
      .filter(([, { content = {} }]) => !(PROBLEM_JSON in content))
      .map(([status, response]) => answerOf(status, response, schemas)),
    problems: statuses.flatMap(([status, { content = {} }]) => problemsOf(status, content)),
    samples: operation['x-codeSamples'].map(({ label, source }) => ({ label, source })),
  }
}

function accessOf([scheme]: OperationObject['security']): string {
  if (scheme === undefined) return 'No credential'
  const scopes = scheme['token']
  if (scopes === undefined) return 'METRICS_TOKEN, or from the machine itself'
  return scopes.length === 0 ? 'Any token' : `A token with ${scopes.join(' ')}`
}

const parameterOf = ({ name, in: place, required, description = '', schema }: Parameter, schemas: Schemas) => ({
  ...{ name, place, required },
  type: typesOf(schema, schemas).join(' or '),
  description:
    `${description}${schema.default === undefined || schema.default === '' ? '' : ` Absent: \`${schema.default}\`.`}`.trim(),
})

function contentOf(content: Content, schemas: Schemas): ContentView | null {
  const [first] = Object.entries(content)
  if (first === undefined) return null
  const [mediaType, { schema, example }] = first
  return { mediaType, fields: fieldsOf(schema, schemas), example: shown(mediaType, example) }
}

const answerOf = (status: string, { description, content = {} }: ApiResponse, schemas: Schemas): AnswerView => ({
  status,
  words: description.replace(/\.$/, ''),
  content: contentOf(content, schemas),
})

function shown(mediaType: string, example: unknown): string | null {
  if (typeof example !== 'object' || example === null) return null
  if (mediaType.endsWith('json')) return JSON.stringify(example, null, 2)
  return Object.entries(example)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

const problemsOf = (status: string, content: Content): ProblemView[] =>
  Object.keys(content[PROBLEM_JSON]?.examples ?? {}).map((code) => ({ status, code, when: WHEN[code] ?? '' }))
