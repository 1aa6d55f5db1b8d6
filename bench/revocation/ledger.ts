// What the threads of a run share: when each verifier last accepted each token, and what is asked about most. Times are
// milliseconds of the machine's one monotonic clock, so that they can be compared across threads.

/** This instant by that clock. */
export const instant = () => Number(process.hrtime.bigint()) / 1e6

/** How many of the tokens that are being revoked are asked about again and again. */
export const HOT = 16

export const KINDS = ['active', 'inactive', 'unavailable', 'failed', 'broken'] as const
/** An answer: active, inactive, 503 with Retry-After, any other status, or a connection that broke before it came. */
export type Kind = (typeof KINDS)[number]

export type Ledger = ReturnType<typeof openLedger>

const float64 = (length: number) => new Float64Array(new SharedArrayBuffer(length * 8))

export function openLedger(verifiers: number, tokens: number) {
  return {
    tokens,
    /** When the last request that a verifier answered with active for a token was sent, by verifier and token. */
    sent: float64(verifiers * tokens),
    /** When the last such answer came. */
    came: float64(verifiers * tokens),
    /** Answers by verifier and kind. */
    counts: float64(verifiers * KINDS.length),
    /** The longest wait for an answer, by verifier. */
    longest: float64(verifiers),
    /** When the last answer with active came, by verifier. */
    lastActive: float64(verifiers),
    /** Tokens that every second request is about; all 0 until something is revoked. */
    hot: new Int32Array(new SharedArrayBuffer(HOT * 4)),
  }
}
