import { parseAddress, parseRange } from '#lib/network'
import type { Place, TokenFacts } from '#lib/verification/decide'
import { type Judged, UNIVERSE } from '#lib/verification/testing/fuzz-model'
import type { Random } from '#lib/verification/testing/fuzz-random'

const PATHS: readonly [readonly string[], ...(readonly string[])[]] = [
  ['platform'],
  ['platform', 'northwind'],
  ['platform', 'northwind', 'alder'],
  ['platform', 'northwind', 'birch'],
  ['platform', 'southgate'],
]
const NOW = new Date('2026-11-22T12:00:00Z')
const TIMES = [1, -1, 0, Number.NaN, 86_400_000].map((offset) => new Date(NOW.getTime() + offset))
const ADDRESSES = ['10.1.2.3', '192.0.2.1', '::1', '2001:db8::1', '::ffff:10.1.2.3', '10.255.0.1'].map(parseAddress)
const RANGES = ['10.0.0.0/8', '192.0.2.1', '::/0', '2001:db8::/33', '0.0.0.0/0', '::ffff:10.1.0.0/112', '10.1.2.2/31']
  .map(parseRange)
  .filter((range) => range !== null)
const RESOURCES = ['device:1', 'device:2', 'device:3']

/** A token and a request, each of every kind that there can be, mostly with little that stops them. */
export function judgedFrom(random: Random): Judged {
  const place = (): Place => {
    const path = random.pick(PATHS)
    const id = path.at(-1) ?? ''
    return {
      ...{ id, slug: id, name: id, path, tier: null },
      suspended: random.oneIn(12),
      closed: random.oneIn(12),
      scopesOfTier: random.oneIn(2) ? ['own:write'] : [],
    }
  }
  const end = () => (random.oneIn(3) ? (random.pick(TIMES) ?? null) : null)
  const resources = () => (random.oneIn(3) ? random.some(RESOURCES) : null)
  const scopes = () => (random.oneIn(3) ? random.some(UNIVERSE) : UNIVERSE)
  const role = () => random.pick(['admin', 'member', 'viewer'] as const)
  const common = {
    ...{ id: 'id', name: 'name', subject: 'subject' },
    resources: resources(),
    ranges: random.oneIn(4) ? random.some(RANGES) : null,
    expiresAt: end()?.getTime() ?? null,
    revoked: random.oneIn(12),
  }
  const kind = random.pick(['organization', 'service', 'personal'] as const)
  const facts: TokenFacts =
    kind === 'organization'
      ? { ...common, kind, scopes: scopes(), place: place() }
      : kind === 'service'
        ? {
            ...{ ...common, kind, scopes: scopes(), place: place() },
            apiUser: { role: role(), scopes: scopes(), resources: resources(), disabled: random.oneIn(12) },
          }
        : {
            ...{ ...common, kind, scopes: random.oneIn(2) ? null : scopes() },
            memberships: Array.from({ length: random.below(4) }, place)
              .filter(({ id }, at, all) => all.findIndex((other) => other.id === id) === at)
              .map((at) => ({ place: at, role: role(), resources: resources() })),
          }
  return {
    facts,
    retiresAt: end(),
    now: NOW,
    request: {
      within: random.pick([null, 'platform', 'platform', 'northwind', 'alder', 'southgate']),
      organization: random.oneIn(2) ? 'absent' : random.oneIn(10) ? 'unknown' : place(),
      scopes: random.oneIn(2) ? [] : random.some(UNIVERSE).slice(0, 2),
      resource: random.oneIn(3) ? null : (random.pick(RESOURCES) ?? null),
      address: random.oneIn(3) ? null : (random.pick(ADDRESSES) ?? null),
    },
  }
}
