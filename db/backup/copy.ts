import type { PendingQuery, Row } from 'postgres'

/**
 * The bytes that a `COPY … TO STDOUT` gives, read as fast as they are taken. At its end the connection is free for the
 * next query; whoever leaves before has to end the connection.
 */
export async function* copyOut(copy: PendingQuery<Row[]>): AsyncGenerator<Uint8Array> {
  const rows = await copy.readable()
  yield* rows
  // postgres.js stops listening when the stream is full and goes on when more is asked for. Where the last piece filled
  // it nobody asks again, and what PostgreSQL says after the rows would never be heard.
  rows._read(0)
}
