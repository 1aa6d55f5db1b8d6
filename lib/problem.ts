import { STATUS_CODES } from 'node:http'
import type { FieldErrors } from '#lib/errors'

/** The media type of every error over HTTP. */
export const PROBLEM_JSON = 'application/problem+json'

/** A refusal over HTTP (RFC 9457); `code` is stable, `detail` is for people. Neither ever holds a secret. */
export type Problem = {
  readonly type: 'about:blank'
  /** The status in words, as the RFC asks of `about:blank`. */
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  /** What is wrong with the input, by field. */
  readonly fields?: FieldErrors
}

/** Puts a problem document together. */
export function problem(status: number, code: string, detail: string, fields?: FieldErrors): Problem {
  const title = STATUS_CODES[status] ?? 'Error'
  return { type: 'about:blank', title, status, code, detail, ...(fields === undefined ? {} : { fields }) }
}
