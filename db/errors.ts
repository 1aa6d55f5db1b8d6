/** The name of the constraint or unique index that PostgreSQL refused a statement by; null for any other error. */
export function violatedConstraint(error: unknown): string | null {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  if (typeof cause !== 'object' || cause === null || !('constraint_name' in cause)) return null
  return typeof cause.constraint_name === 'string' ? cause.constraint_name : null
}
