import { hash, verify } from '@node-rs/argon2'
import { DomainError } from '#lib/errors'

const AT_ONCE = 2
const WAITING = 20

let running = 0
const queue: (() => void)[] = []

/**
 * Does work that hashes when its turn comes. A hash takes 19 MiB and a core for tens of milliseconds; more than two at
 * once would starve everything else.
 * @throws DomainError `busy` when too many wait
 */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (queue.length >= WAITING) throw new DomainError('busy', 'Too many people are signing in. Try again in a moment.')
    await new Promise<void>((resolve) => queue.push(resolve))
  } else running += 1
  try {
    return await work()
  } finally {
    const next = queue.shift()
    if (next === undefined) running -= 1
    else next()
  }
}

/** The argon2id hash of a password in PHC form, with the library's parameters (19 MiB, 2 passes: OWASP's). */
export const hashPassword = (password: string) => inTurn(() => hash(password))

// The hash of a random password that nobody knows: comparing with it takes as long as with any other.
const UNKNOWN = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$5LBuXeBmCmTc4GpcWkxqRPtgIkfc7jMZ7oIDTTSMfEM'

/**
 * Whether the password is the hash's; without a hash it takes as long and is false. It counts no tries and waits for no
 * turn: checkPassword does both.
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const same = await verify(passwordHash ?? UNKNOWN, password)
  return same && passwordHash !== null
}
