import { resolved } from '#lib/api/document/json-schema'
import type { Schema, Schemas } from '#lib/api/document/types'

const AT = '2026-11-22T12:00:00.000Z'
const ID = '7d4f7c1e-52b0-4c0b-9d0e-0f6f5a3c2b11'

/** What stands in examples under a name, where the schema takes it and gives none of its own. */
const VALUES: Readonly<Record<string, unknown>> = {
  ...{ tokenId: '3kTq9ZpWb1xYc0Lm', jti: '3kTq9ZpWb1xYc0Lm', name: 'Metering gateway' },
  ...{ token: 'tok_org_3kTq9ZpWb1xYc0Lm_••••••x7Qf', secret: 'tok_org_3kTq9ZpWb1xYc0Lm_…' },
  ...{ slug: 'alder', organization: 'alder', tier: 'Advanced' },
  ...{ id: ID, organizationId: ID, subject: ID, sub: ID, apiUserId: null },
  ...{ scope: 'data:read reports:read', scopes: 'data:read' },
  ...{ resource: 'device:meter-17', resources: 'device:meter-17', narrowed: true },
  ...{ ip: '192.0.2.7', ipRanges: '192.0.2.0/24', userAgent: 'gateway/2.4.1', endpoint: '/measurements' },
  ...{ stoppedBy: null, revokedAt: null, rotation: null, retiring: null, compromised: false, reason: 'revoked' },
  ...{ createdAt: '2026-11-20T09:30:00.000Z', issuedAt: '2026-11-20T09:31:00.000Z', lastUsedAt: AT },
  ...{ expiresAt: '2027-02-18T09:31:00.000Z', iat: 1_795_167_060, exp: 1_802_943_060 },
  ...{ from: '2026-11-01T00:00:00.000Z', to: AT, start: AT },
  nextCursor: 'eyJhZnRlciI6IjNrVHE5WnBXYjF4WWMwTG0ifQ',
}

const FORMATS: Readonly<Record<string, unknown>> = { 'date-time': AT, date: AT.slice(0, 10), uuid: ID }

/**
 * An example of what the schema describes: the schema's own where it has one, else put together from its parts.
 * `optional`: with fields that may be absent; without them an object has what it must have, or its first field.
 */
export function exampleOf(schema: Schema, schemas: Schemas, { name = '', optional = true } = {}): unknown {
  const own = resolved(schema, schemas)
  const { examples, properties, items, required = [], ...rest } = own
  if (examples?.[0] !== undefined) return examples[0]
  if ('const' in rest) return rest.const
  if (name in VALUES && accepts(own, VALUES[name])) return VALUES[name]
  const [choice] = [rest.anyOf, rest.oneOf].flatMap((each) => each ?? [])
  if (choice !== undefined) return exampleOf(choice, schemas, { name, optional })
  if (rest.enum !== undefined) return rest.enum[0]
  if (properties !== undefined) {
    const wanted = Object.entries(properties).filter(
      ([key], index) => optional || required.includes(key) || (required.length === 0 && index === 0),
    )
    return Object.fromEntries(wanted.map(([key, each]) => [key, exampleOf(each, schemas, { name: key, optional })]))
  }
  if (items !== undefined) return [exampleOf(items, schemas, { name, optional })]
  return plain(rest)
}

function plain({ format = '', default: usual, type: types = [] }: Schema): unknown {
  const [type] = [types].flat()
  if (format in FORMATS) return FORMATS[format]
  if (usual !== undefined) return usual
  if (type === 'string') return 'text'
  if (type === 'integer' || type === 'number') return 1
  if (type === 'boolean') return true
  if (type === 'object') return {}
  return null
}

/** Whether the schema takes a value of that type, and it among the choices where there are some. */
function accepts({ type = [], enum: choices, anyOf = [], oneOf = [] }: Schema, value: unknown): boolean {
  const named = value === null ? ['null'] : typeof value === 'number' ? ['number', 'integer'] : [typeof value]
  const own = [type].flat().some((each) => named.includes(each)) && (choices?.includes(value) ?? true)
  return own || [...anyOf, ...oneOf].some((each) => accepts(each, value))
}
