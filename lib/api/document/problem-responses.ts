import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import type { Refusal } from '#lib/api/document/entry'
import { WHEN } from '#lib/api/document/refusals'
import type { ApiResponse, Header } from '#lib/api/document/types'
import { PROBLEM_JSON, type Problem, problem } from '#lib/problem'

/** A problem document (RFC 9457) as everything answers it. */
export const ProblemJson = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string().describe('The status in words.'),
    status: z.int(),
    code: z.string().describe('Stable: what programs go by.'),
    detail: z.string().describe('For people; its words may change.'),
    fields: z
      .record(z.string(), z.string())
      .readonly()
      .exactOptional()
      .describe('What is wrong with the input, by field.'),
  })
  .meta({ id: 'Problem' }) satisfies z.ZodType<Problem>

/** The answers that are problem documents, by status, each with the codes that it comes with. */
export function problemResponses(refusals: readonly Refusal[]): Record<string, ApiResponse> {
  const byStatus = Map.groupBy(refusals, ([status]) => status)
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      String(status),
      responseOf(status, [...new Set(group.map(([, code]) => code))]),
    ]),
  )
}

function responseOf(status: number, codes: readonly string[]): ApiResponse {
  const headers = headersOf(status, codes)
  return {
    description: `${STATUS_CODES[status] ?? 'Error'}: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    ...(headers && { headers }),
    content: {
      [PROBLEM_JSON]: {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { properties: { status: { const: status }, code: { enum: codes } } },
          ],
        },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(status, code) }])),
      },
    },
  }
}

const NAMES_FIELDS = new Set(['invalid', 'invalid_request', 'name_taken'])

function exampleOf(status: number, code: string): Problem {
  const fields = NAMES_FIELDS.has(code) ? { name: 'What is wrong with this field.' } : undefined
  return problem(status, code, WHEN[code] ?? 'It was refused.', fields)
}

/** The headers of an answer of that status; those of one code alone are not required where there are others. */
export function headersOf(status: number, codes: readonly string[] = []): Record<string, Header> | null {
  if (status === 401) return { 'WWW-Authenticate': CHALLENGE }
  if (codes.includes('insufficient_scope'))
    return { 'WWW-Authenticate': { ...CHALLENGE, required: codes.length === 1 } }
  return status === 429 || status === 503 ? { 'Retry-After': WAIT } : null
}

const CHALLENGE: Header = {
  description: 'The challenge of RFC 6750, section 3; with `insufficient_scope` it names the scope.',
  required: true,
  schema: { type: 'string', examples: ['Bearer error="invalid_token"'] },
}

const WAIT: Header = {
  description: 'Seconds to wait.',
  required: true,
  schema: { type: 'string', pattern: '^[0-9]+$', examples: ['1'] },
}
