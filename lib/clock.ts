/** Tells the present instant. Passed in everywhere, so that tests and sample data choose their own time. */
export type Clock = () => Date

/** The machine's own clock. */
export const systemClock: Clock = () => new Date()
