import { isSecret, type SampleRequest } from '#lib/api/document/samples'

/** A request by fetch, for Node and whatever else has it. */
export function javascriptSample(request: SampleRequest): string {
  const { method, path, key, answered } = request
  const headers = headersOf(request)
  const body = bodyOf(request)
  const options = [
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    ...(headers.length === 0 ? [] : ['  headers: {', ...headers.map((header) => `    ${header},`), '  },']),
    ...(body === null ? [] : [`  body: ${body},`]),
  ]
  return [
    ...(key ? ["import { randomBytes } from 'node:crypto'", ''] : []),
    options.length === 0
      ? `const answer = await fetch(\`\${process.env.TOKENRY_URL}${path}\`)`
      : [`const answer = await fetch(\`\${process.env.TOKENRY_URL}${path}\`, {`, ...options, '})'].join('\n'),
    'if (!answer.ok) throw new Error((await answer.json()).detail)',
    ...(answered === 'nothing' ? [] : [`console.log(await answer.${answered}())`]),
  ].join('\n')
}

// A form says what it is by itself.
const headersOf = ({ credential, key, body }: SampleRequest) => [
  ...(credential ? [`authorization: \`Bearer \${process.env.TOKENRY_TOKEN}\``] : []),
  ...(key ? ["'idempotency-key': randomBytes(16).toString('base64url')"] : []),
  ...(body === null || body.form ? [] : ["'content-type': 'application/json'"]),
]

function bodyOf({ body }: SampleRequest): string | null {
  if (body === null) return null
  const pairs = Object.entries(body.fields).map(
    ([name, value]) => `${name}: ${isSecret(name) ? 'process.env.TOKEN_TO_CHECK' : literal(value)}`,
  )
  const fields = pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
  return body.form ? `new URLSearchParams(${fields})` : `JSON.stringify(${fields})`
}

const literal = (value: unknown) =>
  typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : JSON.stringify(value)
