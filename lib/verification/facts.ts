import type { PlaceRow, TokenFactsRow } from '#db/queries/verification'
import { parseRange } from '#lib/network'
import { effectiveTier } from '#lib/organizations/tier'
import { scopesOfTier } from '#lib/scopes/effective'
import type { Place, TokenFacts } from '#lib/verification/decide'

/** A secret as it is kept. */
export type KeptSecret = {
  /** SHA-256, as a secret gives it. */
  readonly digest: string
  /** As it is told: RFC 3339 in UTC. */
  readonly mintedAt: string
  /** null: the current one. */
  readonly retiresAt: Date | null
  /** Its reveal is not finished yet: its first use ends that. */
  readonly revealOpen: boolean
}

export type KnownToken = {
  readonly facts: TokenFacts
  readonly secrets: readonly KeptSecret[]
  /** As it is told: RFC 3339 in UTC; null: never. */
  readonly expiresAt: string | null
  /** The API user (`s:<id>`) or person (`u:<id>`) whose rights bound it; null: nobody's do. */
  readonly owner: string | null
}

/** Gives what is the same for many tokens as one object that they share. */
export type Share = {
  readonly place: (place: Place) => Place
  readonly words: (words: readonly string[]) => readonly string[]
}

const APART: Share = { place: (place) => place, words: (words) => words }

// One text for all tokens, where each row brings its own.
const KINDS = { organization: 'organization', service: 'service', personal: 'personal' } as const

/** Puts a token together from its rows, one for each place it counts in; null where there is no such token. */
export function tokenFrom(rows: readonly TokenFactsRow[], share = APART): KnownToken | null {
  const [row] = rows
  if (row === undefined) return null
  const facts = factsFrom(row, rows, share)
  if (facts === null) return null
  const owner = { organization: null, service: `s:${row.subject}`, personal: `u:${row.subject}` }[row.kind]
  return { facts, secrets: secretsFrom(row), expiresAt: row.expiresAt?.toISOString() ?? null, owner }
}

/** Puts an organization together from its lineage; null where there is none. */
export function placeFrom(row: PlaceRow | null): Place | null {
  const lineage = row?.lineage ?? []
  const own = lineage.at(-1)
  if (own === undefined) return null
  const tier = effectiveTier(lineage)
  return {
    id: own.id,
    slug: own.slug,
    name: own.name,
    path: lineage.map(({ id }) => id),
    suspended: lineage.some(({ suspended }) => suspended),
    closed: lineage.some(({ closed }) => closed),
    tier: tier?.name ?? null,
    scopesOfTier: scopesOfTier(row?.defined ?? [], tier),
  }
}

function factsFrom(row: TokenFactsRow, rows: readonly TokenFactsRow[], share: Share): TokenFacts | null {
  const { id, name, revoked } = row
  const expiresAt = row.expiresAt?.getTime() ?? null
  const kind = KINDS[row.kind]
  const scopes = row.scopes && share.words(row.scopes)
  const resources = resourcesOf(row.devices)
  // A range that can't be read matches nothing, but the token stays narrowed.
  const ranges = row.ipRanges.length === 0 ? null : row.ipRanges.map(parseRange).filter((range) => range !== null)
  // Its fields are written out each time: what a spread object is given besides lies apart from it.
  if (kind === 'personal') {
    const memberships = rows.flatMap((each) => {
      const found = placeFrom(each)
      const { memberRole: role, memberDevices } = each
      if (found === null || role === null) return []
      return [{ place: share.place(found), role, resources: resourcesOf(memberDevices) }]
    })
    return { id, name, expiresAt, revoked, resources, ranges, kind, subject: row.subject, scopes, memberships }
  }
  const found = placeFrom(row)
  if (found === null || scopes === null) return null
  const place = share.place(found)
  if (kind === 'organization')
    return { id, name, expiresAt, revoked, resources, ranges, kind, subject: place.id, scopes, place }
  if (row.apiUserRole === null || row.apiUserScopes === null) return null
  const apiUser = {
    role: row.apiUserRole,
    scopes: share.words(row.apiUserScopes),
    resources: resourcesOf(row.apiUserDevices),
    disabled: row.apiUserDisabled,
  }
  return { id, name, expiresAt, revoked, resources, ranges, kind, subject: row.subject, scopes, place, apiUser }
}

// null: not narrowed, which is not the same as narrowed to none.
const resourcesOf = (devices: readonly string[] | null) => devices?.map((device) => `device:${device}`) ?? null

// Written out by their number: an array that is added to takes room for seventeen.
function secretsFrom(row: TokenFactsRow): readonly KeptSecret[] {
  const { currentDigest, currentMintedAt, currentOpen, retiringDigest, retiringMintedAt, retiringOpen, retiresAt } = row
  const current = secretFrom(currentDigest, currentMintedAt, null, currentOpen)
  const retiring = retiresAt === null ? null : secretFrom(retiringDigest, retiringMintedAt, retiresAt, retiringOpen)
  if (current === null) return retiring === null ? [] : [retiring]
  return retiring === null ? [current] : [current, retiring]
}

const secretFrom = (
  digest: Uint8Array | null,
  mintedAt: Date | null,
  retiresAt: Date | null,
  revealOpen: boolean,
): KeptSecret | null =>
  digest === null || mintedAt === null
    ? null
    : { digest: textOf(digest), mintedAt: mintedAt.toISOString(), retiresAt, revealOpen }

// As strings they take a third of the room, and nothing to compare.
const textOf = (digest: Uint8Array) => Buffer.from(digest).toString('latin1')
