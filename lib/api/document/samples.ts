import { curlSample } from '#lib/api/document/sample-curl'
import { javascriptSample } from '#lib/api/document/sample-javascript'
import { pythonSample } from '#lib/api/document/sample-python'
import type { CodeSample, OperationObject } from '#lib/api/document/types'

/** A request to be written down in some language; its address goes on from `$TOKENRY_URL`. */
export type SampleRequest = {
  readonly method: string
  readonly path: string
  /** The credential is `$TOKENRY_TOKEN`. */
  readonly credential: boolean
  readonly body: { readonly form: boolean; readonly fields: Readonly<Record<string, unknown>> } | null
  /** It has an Idempotency-Key, new each time. */
  readonly key: boolean
  /** Whether JSON comes back. */
  readonly answered: 'json' | 'text' | 'nothing'
}

/** The field of a body that holds a secret: samples take it from `$TOKEN_TO_CHECK`, so that none is written down. */
export const isSecret = (field: string) => field === 'token'

/** An operation's request, with what its parameters and body must have, in each language. */
export function samplesOf(
  method: string,
  path: string,
  operation: Pick<OperationObject, 'parameters' | 'requestBody' | 'responses' | 'security'>,
): CodeSample[] {
  const request = requestOf(method, path, operation)
  return [
    { lang: 'Shell', label: 'curl', source: curlSample(request) },
    { lang: 'JavaScript', label: 'JavaScript', source: javascriptSample(request) },
    { lang: 'Python', label: 'Python', source: pythonSample(request) },
  ]
}

function requestOf(
  method: string,
  path: string,
  { parameters, requestBody, responses, security }: Parameters<typeof samplesOf>[2],
): SampleRequest {
  const needed = parameters.filter(({ required }) => required)
  const query = new URLSearchParams(
    needed.filter((each) => each.in === 'query').map(({ name, example }) => [name, String(example)]),
  )
  const [[mediaType, { example: fields = {} }] = ['', {}]] = Object.entries(requestBody?.content ?? {})
  const [[, answer] = ['', undefined]] = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  const answers = Object.keys(answer?.content ?? {})
  return {
    method,
    path: filled(path, parameters) + (query.size === 0 ? '' : `?${query}`),
    credential: security.some((each) => 'token' in each),
    body: mediaType === '' || !isRecord(fields) ? null : { form: mediaType !== 'application/json', fields },
    key: parameters.some(({ name }) => name === 'Idempotency-Key'),
    answered: answers.length === 0 ? 'nothing' : answers.includes('application/json') ? 'json' : 'text',
  }
}

const filled = (path: string, parameters: OperationObject['parameters']) =>
  path.replaceAll(/\{(\w+)\}/g, (_, wanted) =>
    String(parameters.find(({ name }) => name === wanted)?.example ?? wanted),
  )

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
