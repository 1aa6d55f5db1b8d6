/** The name of the constraint or unique index that PostgreSQL refused a statement by; null for any other error. */
export function violatedConstraint(error: unknown): string | null {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  if (typeof cause !== 'object' || cause === null || !('constraint_name' in cause)) return null
  return typeof cause.constraint_name === 'string' ? cause.constraint_name : null
}

// Connection exceptions, shutting down or starting, too many connections.
const AWAY = /^(?:08|57P|53300)/
const LOST = /^(?:CONNECT|ECONN|ENOENT|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH|CONNECTION_)/

/** Whether an error of drizzle or postgres.js says that the database can't be reached now. */
export function isUnreachable(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return false
  return typeof cause.code === 'string' && (AWAY.test(cause.code) || LOST.test(cause.code))
}
