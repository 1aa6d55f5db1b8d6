/** What the set-up of the run says: where the server, its database and the database's log are. */
export function ofThisRun(name: 'E2E_BASE_URL' | 'E2E_DATABASE_URL' | 'E2E_DATABASE_LOG'): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`the set-up of the run sets ${name}`)
  return value
}
