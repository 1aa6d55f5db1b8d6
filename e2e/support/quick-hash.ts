import { hash } from '@node-rs/argon2'

/** The hash of a password that is compared in no time: a run signs in hundreds of times, and guards nothing by it. */
export const quickHash = (password: string) => hash(password, { memoryCost: 8, timeCost: 1 })
