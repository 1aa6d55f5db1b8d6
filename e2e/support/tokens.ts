import { randomBytes } from 'node:crypto'
import { createToken } from '#lib/tokens/create'
import { finishReveal } from '#lib/tokens/finish-reveal'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'
import type { PRESET_DAYS } from '#lib/tokens/schema'
import type { TestOrganization } from './organization'

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
  const ctx = elm.asAdmin(options?.at)
  const { secret } = await revealToken(ctx, { tokenId: id, key: randomBytes(16).toString('base64url') })
  await finishReveal(ctx, { tokenId: id })
  return { id, secret: secret.reveal() }
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
