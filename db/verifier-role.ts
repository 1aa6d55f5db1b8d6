import postgres from 'postgres'

/** Reads facts, writes uses, registers and revokes, and may do nothing else: the migrations make it. */
export const VERIFIER_ROLE = 'tokenry_verifier'

/** That role, if the login of a DATABASE_URL may take it; null where the server has none, or none for this login. */
export async function findVerifierRole(url: string): Promise<string | null> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} })
  try {
    const rows = await sql`
      select from pg_roles where rolname = ${VERIFIER_ROLE} and pg_has_role(current_user, oid, 'member')`
    return rows.length > 0 ? VERIFIER_ROLE : null
  } finally {
    await sql.end({ timeout: 5 })
  }
}
