import type { Address } from '#lib/address'

/** So many look-ups at once, and so many more each second. */
type Rate = { readonly burst: number; readonly perSecond: number }

/** Of one address: 1,000 look-ups of tokens that don't exist, or that were asked for anew, and 100 more each second. */
const OF_AN_ADDRESS: Rate = { burst: 1_000, perSecond: 100 }
/** Of all of them together. */
const OF_ALL: Rate = { burst: 5_000, perSecond: 1_000 }
const ADDRESSES_AT_MOST = 10_000

/** Too many look-ups of what is not there: from this address, or from all of them together. */
export class TooManyLookUps extends Error {
  override readonly name = 'TooManyLookUps'
  readonly from: 'address' | 'all'
  constructor(from: 'address' | 'all') {
    super(`too many look-ups from ${from}`)
    this.from = from
  }
}

type Bucket = { left: number; at: number }

export type Admission = ReturnType<typeof openAdmission>

/**
 * Bounds the look-ups that go to the database without finding a token. Each is drawn beforehand and, where it found one,
 * given back: whoever has many tokens is not held up while they are read for the first time. An IPv6 address counts as its /64.
 */
export function openAdmission({ now = () => performance.now(), ofAddress = OF_AN_ADDRESS, ofAll = OF_ALL } = {}) {
  const buckets = new Map<string, Bucket>()
  const all = { left: ofAll.burst, at: now() }

  function refill(bucket: Bucket, { burst, perSecond }: Rate) {
    const at = now()
    bucket.left = Math.min(burst, bucket.left + ((at - bucket.at) / 1_000) * perSecond)
    bucket.at = at
  }

  function bucketOf(key: string): Bucket {
    const known = buckets.get(key)
    if (known !== undefined) {
      refill(known, ofAddress)
      return known
    }
    // Whoever can come from so many addresses is held by the bound of all.
    if (buckets.size >= ADDRESSES_AT_MOST) buckets.delete(buckets.keys().next().value ?? '')
    const bucket = { left: ofAddress.burst, at: now() }
    buckets.set(key, bucket)
    return bucket
  }

  return {
    /** Takes leave for one look-up; what it gives takes it back. @throws TooManyLookUps */
    draw(address: Address | null): () => void {
      const bucket = bucketOf(keyOf(address))
      refill(all, ofAll)
      if (bucket.left < 1) throw new TooManyLookUps('address')
      if (all.left < 1) throw new TooManyLookUps('all')
      bucket.left--
      all.left--
      return () => {
        bucket.left++
        all.left++
      }
    },
  }
}

function keyOf(address: Address | null): string {
  if (address === null) return ''
  return address.bytes.length === 4 ? address.text : Buffer.from(address.bytes.subarray(0, 8)).toString('hex')
}
