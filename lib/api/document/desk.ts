import type { Entry, Refusal } from '#lib/api/document/entry'
import { OURS, refusalOf } from '#lib/api/document/refusals'
import type { Operation } from '#lib/api/operation'

/** By the first part of a path; one that is missing here stops the document from being made. */
const TAGS: Readonly<Record<string, string>> = {
  tokens: 'Tokens',
  usage: 'Usage',
  reports: 'Reports',
  organizations: 'Organizations',
  members: 'Members',
  invitations: 'Members',
  'api-users': 'API users',
  devices: 'Devices',
}

/** An operation of the HTTP API as an entry: with the refusals that every one of them has. */
export function entryOf(operation: Operation): Entry {
  const { name, method, path, scope, summary, params, query, body, answers, mediaType } = operation
  const key = operation.idempotent ?? null
  const refusals: readonly Refusal[] = [
    OURS.badHost,
    OURS.badPath,
    OURS.invalidToken,
    ...(scope === null ? [] : [OURS.insufficientScope]),
    OURS.tooLarge,
    ...(body === null ? [] : [OURS.lengthRequired, OURS.notJson]),
    OURS.invalid,
    ...operation.problems.map(refusalOf),
    ...(key === null ? [] : [OURS.keyInProgress, OURS.keyReused]),
    OURS.tooOften,
    OURS.unexpected,
    OURS.unavailable,
  ]
  return {
    ...{ name, method, path, summary, params, query, answers, key, refusals },
    tag: tagOf(path),
    access: { scope },
    body: body && { schema: body, mediaType: 'application/json' },
    mediaType: mediaType ?? 'application/json',
  }
}

function tagOf(path: string): string {
  const tag = TAGS[path.split('/')[3] ?? '']
  if (tag === undefined) throw new Error(`${path} belongs to no tag`)
  return tag
}
