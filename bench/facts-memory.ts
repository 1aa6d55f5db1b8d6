import { parseArgs } from 'node:util'
import type { TokenFactsRow } from '#db/queries/verification'
import { tokenFrom } from '#lib/verification/facts'
import { openFactsCache } from '#lib/verification/facts-cache'
import { openLease } from '#lib/verification/lease'

// What the facts cache takes for each token, by itself: rows as the client gives them, each with texts of its own, of one
// organization, the cache's bound at twice their number. Aim: at most 1 KB.
// `node --expose-gc bench/facts-memory.ts [--tokens 1000000]`

const AIM_BYTES = 1_024

const { values } = parseArgs({ options: { tokens: { type: 'string', default: '1000000' } } })
const tokens = Number(values.tokens)
const collect = globalThis.gc
if (collect === undefined) throw new Error('run it with --expose-gc')

const own = (text: string) => Buffer.from(text).toString()

function rowOf(n: number): TokenFactsRow {
  const id = own(String(n).padStart(16, 'T'))
  const level = (place: number) => ({
    ...{
      id: own(`00000000-0000-4000-8000-00000000000${place}`),
      slug: own(`place-${place}`),
      name: own(`Place ${place}`),
    },
    ...{ suspended: false, closed: false, tier: place === 0 ? null : { name: own('Advanced'), rank: 2 } },
  })
  return {
    ...{ id, kind: 'organization', name: own(`Token ${id}`), subject: own('00000000-0000-4000-8000-000000000002') },
    ...{ scopes: [own('data:read'), own('reports:read')], devices: null, ipRanges: [], revoked: false },
    ...{ apiUserRole: null, apiUserScopes: null, apiUserDevices: null, apiUserDisabled: false },
    ...{
      currentDigest: Buffer.from(String(n).padStart(32, 'x')),
      currentMintedAt: new Date(1e12 + n),
      currentOpen: false,
    },
    ...{ retiringDigest: null, retiringMintedAt: null, retiringOpen: false, retiresAt: null },
    ...{ expiresAt: new Date(2e12 + n), memberRole: null, memberDevices: null },
    ...{ lineage: [level(0), level(1), level(2)], defined: [] },
  }
}

const held = () => {
  collect()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heap: heapUsed + external, rss }
}

const before = held()
const cache = openFactsCache(2 * tokens)
const lease = openLease()
for (let n = 0; n < tokens; n++) {
  const askedAt = lease.asking()
  const token = tokenFrom([rowOf(n)], cache.share(askedAt))
  if (token !== null) cache.keepToken(token, askedAt)
}
const after = held()
const heap = (after.heap - before.heap) / tokens
const rss = (after.rss - before.rss) / tokens
const met = Math.max(heap, rss) <= AIM_BYTES ? 'met' : 'MISSED'
console.log(
  `${cache.size()} tokens: ${heap.toFixed(0)} bytes of heap each, ${rss.toFixed(0)} of RSS; aim of ${AIM_BYTES} ${met}`,
)
