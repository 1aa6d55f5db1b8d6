import type { PlaceRow, TokenFactsRow } from '#db/queries/verification'
import { parseRange } from '#lib/network'
import { effectiveTier } from '#lib/organizations/tier'
import { scopesOfTier } from '#lib/scopes/effective'
import type { Place, TokenFacts } from '#lib/verification/decide'

/** A secret as it is kept. */
export type KeptSecret = {
  /** SHA-256, 32 bytes. */
  readonly digest: Uint8Array
  readonly mintedAt: Date
  /** null: the current one. */
  readonly retiresAt: Date | null
  /** Its reveal is not finished yet: its first use ends that. */
  readonly revealOpen: boolean
}

export type KnownToken = { readonly facts: TokenFacts; readonly secrets: readonly KeptSecret[] }

/** A token whose secret was presented. */
export type Presented = { readonly facts: TokenFacts; readonly secret: KeptSecret }

/** Puts a token together from its rows, one for each place it counts in; null where there is no such token. */
export function tokenFrom(rows: readonly TokenFactsRow[]): KnownToken | null {
  const [row] = rows
  if (row === undefined) return null
  const facts = factsFrom(row, rows)
  return facts === null ? null : { facts, secrets: secretsFrom(row) }
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

function factsFrom(row: TokenFactsRow, rows: readonly TokenFactsRow[]): TokenFacts | null {
  const { id, name, kind, scopes, subject, expiresAt } = row
  const resources = resourcesOf(row.devices)
  // A range that can't be read matches nothing, but the token stays narrowed.
  const ranges = row.ipRanges.length === 0 ? null : row.ipRanges.map(parseRange).filter((range) => range !== null)
  const shared = { id, name, subject, expiresAt, resources, ranges }
  if (kind === 'personal') {
    const memberships = rows.flatMap((each) => {
      const place = placeFrom(each)
      const { memberRole: role, memberDevices } = each
      return place === null || role === null ? [] : [{ place, role, resources: resourcesOf(memberDevices) }]
    })
    return { ...shared, kind, scopes, revoked: row.revoked, memberships }
  }
  const place = placeFrom(row)
  if (place === null || scopes === null) return null
  const bound = { ...shared, scopes, place, revoked: row.revoked || place.closed }
  if (kind === 'organization') return { ...bound, kind }
  if (row.apiUserRole === null || row.apiUserScopes === null) return null
  const apiUser = {
    role: row.apiUserRole,
    scopes: row.apiUserScopes,
    resources: resourcesOf(row.apiUserDevices),
    disabled: row.apiUserDisabled,
  }
  return { ...bound, kind, apiUser }
}

// null: not narrowed, which is not the same as narrowed to none.
const resourcesOf = (devices: readonly string[] | null) => devices?.map((device) => `device:${device}`) ?? null

function secretsFrom(row: TokenFactsRow): KeptSecret[] {
  const { currentDigest, currentMintedAt, currentOpen, retiringDigest, retiringMintedAt, retiringOpen, retiresAt } = row
  const secrets: KeptSecret[] = []
  if (currentDigest !== null && currentMintedAt !== null)
    secrets.push({ digest: currentDigest, mintedAt: currentMintedAt, retiresAt: null, revealOpen: currentOpen })
  if (retiringDigest !== null && retiringMintedAt !== null && retiresAt !== null)
    secrets.push({ digest: retiringDigest, mintedAt: retiringMintedAt, retiresAt, revealOpen: retiringOpen })
  return secrets
}
