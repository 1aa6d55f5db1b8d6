import { randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { tokenSecrets } from '#db/schema/tokens'
import type { Context } from '#lib/context'
import type { PRESET_DAYS, ROTATION_OVERLAPS } from '#lib/tokens/choices'
import { createToken } from '#lib/tokens/create'
import { finishReveal } from '#lib/tokens/finish-reveal'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'
import { rotateToken } from '#lib/tokens/rotate'
import type { TestOrganization } from './organization'
import { noteSight } from './traffic'

export type TestToken = { readonly id: string; readonly secret: string }

const DAY = 86_400_000

/** The instant so many days before now. */
export const daysAgo = (days: number) => new Date(Date.now() - days * DAY)

/** A token that nobody has revealed, made by the admin; gives its id. */
export async function makeToken(
  elm: TestOrganization,
  name: string,
  options: { readonly at?: Date; readonly days?: (typeof PRESET_DAYS)[number]; readonly scopes?: string[] } = {},
): Promise<string> {
  const { id } = await createToken(elm.asAdmin(options.at), {
    organizationId: elm.organization.id,
    name,
    ...(options.days === undefined ? {} : { expiration: { kind: 'preset', days: options.days } }),
    ...(options.scopes === undefined ? {} : { scopes: options.scopes }),
  })
  return id
}

/** A token with its secret, revealed and done with at the moment it was made. */
export async function makeRevealedToken(...[elm, name, options]: Parameters<typeof makeToken>): Promise<TestToken> {
  const id = await makeToken(elm, name, options)
  return { id, secret: await openAs(elm.asAdmin(options?.at), id) }
}

/** Reveals a token to the end, and notes what the search after the run looks for. */
async function openAs(ctx: Context, tokenId: string): Promise<string> {
  const key = randomBytes(16).toString('base64url')
  const secret = (await revealToken(ctx, { tokenId, key })).secret.reveal()
  noteSight(
    { part: 'secret made by a verb', where: tokenId, text: secret },
    { part: 'key used by a verb', where: tokenId, text: key },
  )
  await finishReveal(ctx, { tokenId })
  return secret
}

/** A revoked token that nobody has revealed; gives its id. */
export async function makeRevokedToken(...[elm, name, options]: Parameters<typeof makeToken>): Promise<string> {
  const id = await makeToken(elm, name, options)
  await revokeToken(elm.asAdmin(options?.at), { tokenId: id })
  return id
}

/** A token that expired ten days ago; gives its id. */
export const makeExpiredToken = (elm: TestOrganization, name: string) =>
  makeToken(elm, name, { at: daysAgo(40), days: 30 })

/** Has a rotation wait, as the admin begins one. */
export async function makeRotation(
  elm: TestOrganization,
  tokenId: string,
  overlapSeconds: (typeof ROTATION_OVERLAPS)[number],
): Promise<void> {
  const ctx = elm.asAdmin()
  await rotateToken({ ...ctx, actor: { ...ctx.actor, confirmedAt: ctx.clock() } }, { tokenId, overlapSeconds })
}

/** Reveals the secret that a token has waiting for that. */
export const openSecret = (elm: TestOrganization, tokenId: string) => openAs(elm.asAdmin(), tokenId)

/** Moves the end of a token's old secret, as if the time had come nearer. */
export const setRetirement = (elm: TestOrganization, tokenId: string, retiresAt: Date) =>
  elm.db
    .update(tokenSecrets)
    .set({ retiresAt })
    .where(and(eq(tokenSecrets.tokenId, tokenId), eq(tokenSecrets.state, 'retiring')))

/** Has a token's present secret have been minted then. */
export const setMinting = (elm: TestOrganization, tokenId: string, mintedAt: Date) =>
  elm.db
    .update(tokenSecrets)
    .set({ mintedAt })
    .where(and(eq(tokenSecrets.tokenId, tokenId), eq(tokenSecrets.state, 'current')))
