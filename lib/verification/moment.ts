/** An instant by two clocks: the monotonic one stands still while the machine sleeps, the other can be set. */
export type Moment = { readonly monotonic: number; readonly wall: number }

export type Now = () => Moment

/** This instant, in milliseconds. */
export const thisMoment: Now = () => ({ monotonic: performance.now(), wall: Date.now() })

/** Milliseconds between two instants, by whichever clock has moved further. */
export const between = (from: Moment, to: Moment) => Math.max(to.monotonic - from.monotonic, to.wall - from.wall)
