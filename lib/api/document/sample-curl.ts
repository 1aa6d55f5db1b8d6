import { isSecret, type SampleRequest } from '#lib/api/document/samples'

/** A request as a command line for curl. */
export function curlSample({ method, path, credential, body, key }: SampleRequest): string {
  const parts = [
    `curl -s${method === 'GET' ? '' : ` -X ${method}`} "$TOKENRY_URL${path}"`,
    ...(credential ? ['-H "Authorization: Bearer $TOKENRY_TOKEN"'] : []),
    ...(key ? [`-H "Idempotency-Key: $(openssl rand -base64 16 | tr '+/' '-_' | tr -d '=')"`] : []),
    ...(body === null
      ? []
      : body.form
        ? formOf(body.fields)
        : ['-H "Content-Type: application/json"', jsonOf(body.fields)]),
  ]
  return parts.join(' \\\n  ')
}

const formOf = (fields: Readonly<Record<string, unknown>>) =>
  Object.entries(fields).map(([name, value]) =>
    isSecret(name) ? `--data-urlencode "${name}=$TOKEN_TO_CHECK"` : `--data-urlencode '${name}=${value}'`,
  )

// Within single quotes the shell puts nothing in: they end before the variable and begin again after it.
function jsonOf(fields: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(fields).map(
    ([name, value]) =>
      `"${name}": ${isSecret(name) ? '"\'"$TOKEN_TO_CHECK"\'"' : JSON.stringify(value).replaceAll("'", "'\\''")}`,
  )
  return `-d '{${pairs.join(', ')}}'`
}
