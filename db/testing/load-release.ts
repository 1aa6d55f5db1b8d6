import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { z } from 'zod'

const Facts = z.object({
  /** When the sample data was made: what is near it in time should stay so. */
  madeAt: z.coerce.date(),
  /** The key that the token Gateway of the platform is being revealed with. */
  revealKey: z.string(),
  /** A sign-in of owner@demo.example. */
  sessionId: z.string(),
  /** The secrets of two tokens, by their names. They are good for nothing but tests. */
  secrets: z.object({ Gateway: z.string(), Known: z.string() }),
})

/** Fills an empty database with what that release left, schema and all; make-release.ts made it there. */
export async function loadRelease(url: string, release: string): Promise<z.infer<typeof Facts>> {
  const text = await readFile(join(import.meta.dirname, `releases/${release}.sql`), 'utf8')
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  await sql.unsafe(text).finally(() => sql.end())
  return Facts.parse(JSON.parse(text.slice('-- '.length, text.indexOf('\n'))))
}
