import { hash } from 'node:crypto'
import type { Answer } from '#lib/api/operation'
import type { AnyActor } from '#lib/authorization'

/**
 * An answer that the caller alone may keep, and has to ask about each time: 304 where it still holds. Its tag is another
 * one for every token, so that nobody learns from it what somebody else was told.
 */
export function keptAnswer(asked: Headers, { token }: Pick<AnyActor, 'token'>, { status, body }: Answer): Response {
  const text = JSON.stringify(body)
  const tag = `"${hash('sha256', `${token?.id} ${text}`, 'base64url').slice(0, 27)}"`
  const headers = { 'cache-control': 'private, no-cache', vary: 'authorization', etag: tag }
  if (matches(asked.get('if-none-match') ?? '', tag)) return new Response(null, { status: 304, headers })
  return new Response(text, { status, headers: { ...headers, 'content-type': 'application/json' } })
}

// Compared weakly, as RFC 9110 wants it here: what lies between may have marked it so.
const matches = (asked: string, tag: string) =>
  asked.split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === tag)
