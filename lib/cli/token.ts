import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { moment, printTable } from '#lib/cli/print'

/** Where tokens are, and one of them. */
export const TOKENS = '/api/v1/tokens'
export const pathOf = (id: string) => `${TOKENS}/${encodeURIComponent(id)}`

/** What the command reads of a token; whatever else the API tells stays in what `--json` prints. */
export const Token = z.looseObject({
  tokenId: z.string(),
  name: z.string(),
  token: z.string().nullable(),
  status: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
})
export type Token = z.infer<typeof Token>

/** The same with its secret, for whoever may reveal it. */
export const Opened = z.looseObject({ ...Token.shape, secret: z.string().optional() })

/** For an `Idempotency-Key`, in the form that reveals ask for: 16 random bytes. */
export const newKey = () => ({ 'idempotency-key': randomBytes(16).toString('base64url') })

/** Writes tokens as a table for people. */
export const printTokens = (tokens: readonly Token[]) =>
  printTable(
    ['ID', 'NAME', 'TOKEN', 'STATUS', 'CREATED', 'LAST USED', 'EXPIRES'],
    tokens.map((token) => [
      token.tokenId,
      token.name,
      token.token ?? 'not revealed yet',
      token.status,
      moment(token.createdAt, ''),
      moment(token.lastUsedAt, 'never'),
      moment(token.expiresAt, 'never'),
    ]),
  )
