import type { Overlap, PersonName, Rules } from '#lib/tokens/testing/acts'

type Secret = {
  /** Which minting of its token's. */
  readonly nth: number
  readonly key: number
  readonly by: PersonName
  readonly at: number
  open: boolean
}

export type ModelToken = {
  /** null: an organization token of Alder's. */
  readonly owner: PersonName | null
  name: string
  readonly createdAt: number
  expiresAt: number | null
  days: number | null
  revoked: boolean
  deleted: boolean
  overlap: Overlap | null
  minted: number
  current: Secret | null
  retiring: (Secret & { readonly until: number }) | null
}

/** All there is to the lifecycle, with times in milliseconds. */
export type Model = { now: number; rules: Rules; suspended: boolean; readonly tokens: Record<string, ModelToken> }

const RIGHTS: Record<PersonName, readonly string[]> = {
  admin: ['see', 'reveal', 'manage'],
  member: ['see', 'reveal'],
  viewer: ['see'],
  above: ['see', 'manage'],
  stranger: [],
}

/** Whether somebody may do that to a token: personal ones are their owner's alone. */
export const may = (who: PersonName, right: string, { owner }: Pick<ModelToken, 'owner'>) =>
  owner === null ? RIGHTS[who].includes(right) : owner === who

export const status = ({ revoked, expiresAt }: ModelToken, now: number) =>
  revoked ? 'revoked' : expiresAt !== null && expiresAt <= now ? 'expired' : 'active'

export const stopped = (model: Model, token: Pick<ModelToken, 'owner'>) => token.owner === null && model.suspended

/** How many tokens count against the limit. */
export const used = ({ tokens, now }: Model) =>
  Object.values(tokens).filter((token) => token.owner === null && !token.deleted && status(token, now) === 'active')
    .length

/** What the gateway is told of a token's secret; personal tokens are presented for Alder. */
export function verdict(model: Model, token: ModelToken, nth: number): string {
  const { current, retiring } = token
  if (nth !== current?.nth && nth !== retiring?.nth) return 'not_found'
  if (nth === retiring?.nth && retiring.until <= model.now) return 'secret_retired'
  if (token.revoked) return 'revoked'
  if (model.suspended) return 'suspended'
  return status(token, model.now)
}

/** Which minting is meant; 0: there was none. */
export const nthBack = ({ minted }: Pick<ModelToken, 'minted'>, back: number) =>
  minted === 0 ? 0 : minted - (back % minted)
