import { isSecret, type SampleRequest } from '#lib/api/document/samples'

/** A request by what Python has by itself. */
export function pythonSample(request: SampleRequest): string {
  const { method, path, key, body, answered } = request
  const json = answered === 'json' || body?.form === false
  const headers = headersOf(request)
  const data = dataOf(request)
  return [
    ...(json ? ['import json'] : []),
    'import os',
    ...(key ? ['import secrets'] : []),
    ...(body?.form === true ? ['import urllib.parse'] : []),
    'import urllib.request',
    '',
    'request = urllib.request.Request(',
    `    os.environ["TOKENRY_URL"] + "${path}",`,
    ...(method === 'GET' ? [] : [`    method="${method}",`]),
    ...(headers.length === 0 ? [] : ['    headers={', ...headers.map((header) => `        ${header},`), '    },']),
    ...(data === null ? [] : [`    data=${data},`]),
    ')',
    'with urllib.request.urlopen(request) as answer:',
    { json: '    print(json.load(answer))', text: '    print(answer.read())', nothing: '    print(answer.status)' }[
      answered
    ],
  ].join('\n')
}

const headersOf = ({ credential, key, body }: SampleRequest) => [
  ...(credential ? ['"Authorization": "Bearer " + os.environ["TOKENRY_TOKEN"]'] : []),
  ...(key ? ['"Idempotency-Key": secrets.token_urlsafe(16)'] : []),
  ...(body === null || body.form ? [] : ['"Content-Type": "application/json"']),
]

function dataOf({ body }: SampleRequest): string | null {
  if (body === null) return null
  const pairs = Object.entries(body.fields).map(
    ([name, value]) => `"${name}": ${isSecret(name) ? 'os.environ["TOKEN_TO_CHECK"]' : literal(value)}`,
  )
  const fields = `{${pairs.join(', ')}}`
  return body.form ? `urllib.parse.urlencode(${fields}).encode()` : `json.dumps(${fields}).encode()`
}

function literal(value: unknown): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([name, each]) => `"${name}": ${literal(each)}`)
    .join(', ')}}`
}
