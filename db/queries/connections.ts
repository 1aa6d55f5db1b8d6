import type { Sql } from 'postgres'

/**
 * How many connections to this database each of our programs holds, by what they do (`active`, `idle`, `idle in
 * transaction`). Reads the server's own list, which is as long as there are connections; no index is involved.
 */
export const countConnections = (sql: Sql) =>
  sql<
    { application: string; state: string; count: number }[]
  >`select application, state, count from tokenry_connections()`
