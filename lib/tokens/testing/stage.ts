import { recordUses } from '#db/queries/usage-last'
import type { Context } from '#lib/context'
import { DomainError } from '#lib/errors'
import { newRevealKey, type testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { deleteToken } from '#lib/tokens/delete'
import { deleteTokens, revokeTokens } from '#lib/tokens/each'
import { editToken } from '#lib/tokens/edit'
import { finishReveal } from '#lib/tokens/finish-reveal'
import { restoreToken } from '#lib/tokens/restore'
import { copyToken, type Opened, revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'
import { rotateToken } from '#lib/tokens/rotate'
import { digestOf, type SecretString } from '#lib/tokens/secret'
import type { Act, Choice, PersonName, Rules } from '#lib/tokens/testing/acts'
import type { openGateway } from '#lib/tokens/testing/gateway'
import { type Model, type ModelToken, nthBack } from '#lib/tokens/testing/model'

const DAY = 86_400_000

type World = Awaited<ReturnType<typeof testWorld>>
type Gateway = Awaited<ReturnType<typeof openGateway>>

/** What the product did: `ok` or the code of its refusal, and the secret that it told. */
export type Done = { readonly code: string; readonly secret?: string }

export type Stage = Awaited<ReturnType<typeof openStage>>

let stages = 0

/** Customers of their own in a world, with everybody who acts, beside the model of how they begin. */
export async function openStage(world: World, gateway: Gateway, rules: Rules) {
  const { sql, clock, northwind, organization, person, join } = world
  const nth = stages++
  const alder = await organization(`Alder${nth}`, northwind, 'customer')
  const birch = await organization(`Birch${nth}`, northwind, 'customer')
  const people: Record<PersonName, Context> = {
    admin: await person(alder, 'admin'),
    member: await person(alder, 'member'),
    viewer: await join(await person(alder, 'viewer'), birch, 'member'),
    above: await person(northwind, 'admin'),
    stranger: await person(birch, 'admin'),
  }
  await sql`update organizations set delete_policy = 'any' where id in ${sql([northwind.id, birch.id])}`
  await sql`update organizations set longest_lifetime_days = 45 where id = ${birch.id}`
  const ids: Record<string, string> = {}
  const idOf = (label: string) => ids[label] ?? label
  const secrets = new Map<string, SecretString>()
  const keys = Array.from({ length: 4 }, newRevealKey)

  const found = await sql<{ id: string; owner: string }[]>`select id, owner_id as owner from tokens
    where owner_id in ${sql([alder.id, people.member.actor.userId, people.viewer.actor.userId])}`
  const begun = (label: string, owner: PersonName | null): [string, ModelToken] => {
    const ownerId = owner === null ? alder.id : people[owner].actor.userId
    ids[label] = found.find((each) => each.owner === ownerId)?.id ?? ''
    const now = clock().getTime()
    const life = { createdAt: now, expiresAt: now + 90 * DAY, days: 90, revoked: false, deleted: false }
    const name = owner === null ? 'Default' : 'Personal'
    return [label, { owner, name, ...life, overlap: null, minted: 0, current: null, retiring: null }]
  }
  const model: Model = {
    now: clock().getTime(),
    rules,
    suspended: false,
    tokens: Object.fromEntries([begun('default', null), begun('member', 'member'), begun('viewer', 'viewer')]),
  }

  async function rule({ limit, deleteAny, longestDays, neverAllowed }: Rules, suspended: boolean) {
    await sql`update organizations set token_limit_override = ${limit}, longest_lifetime_days = ${longestDays},
      delete_policy = ${deleteAny ? 'any' : 'revoked-only'}, never_expiring_allowed = ${neverAllowed},
      suspended_at = ${suspended ? clock() : null} where id = ${alder.id}`
  }

  async function run(act: Exclude<Act, { verb: 'use' | 'look' | 'spend' }>): Promise<unknown> {
    const ctx = people[act.who]
    if (act.verb === 'create') {
      const organizationId = act.own ? null : alder.id
      const made = await createToken(ctx, { organizationId, name: act.name, expiration: expirationOf(act.expires) })
      ids[act.label] = made.id
      return made
    }
    const tokenId = idOf(act.token)
    switch (act.verb) {
      case 'reveal':
        return revealToken(ctx, { tokenId, key: keys[act.key] ?? '' })
      case 'copy':
        return copyToken(ctx, { tokenId, key: keys[act.key] ?? '' })
      case 'finish':
        return finishReveal(ctx, { tokenId })
      case 'edit':
        return editToken(ctx, { tokenId, name: act.name, status: act.status, expiration: expirationOf(act.expires) })
      case 'rotate': {
        const { confirmedMinutesAgo: minutes } = act
        const confirmedAt = minutes === null ? null : new Date(clock().getTime() - minutes * 60_000)
        return rotateToken({ ...ctx, actor: { ...ctx.actor, confirmedAt } }, { tokenId, overlapSeconds: act.overlap })
      }
      case 'revoke':
        return revokeToken(ctx, { tokenId, andDelete: act.andDelete })
      case 'restore':
        return restoreToken(ctx, { tokenId })
      case 'delete':
        return deleteToken(ctx, { tokenId })
    }
  }

  const expirationOf = (choice: Choice | undefined) =>
    choice?.kind === 'custom'
      ? ({ kind: 'custom', at: new Date(clock().getTime() + choice.days * DAY + 1_000).toISOString() } as const)
      : choice

  /** What the gateway is told of a secret; `unnoticed`: without that being a use. */
  const verify = async (label: string, nth: number, unnoticed: boolean) => {
    const secret = secrets.get(`${label} ${nth}`)
    return secret === undefined ? 'no_secret' : gateway(secret, { organization: alder.slug, unnoticed })
  }

  return {
    ...world,
    alder,
    people,
    model,
    ids,
    secrets,
    rule,
    verify,
    /** Has several tokens revoked or deleted at once, and tells of each. */
    async performEach(who: PersonName, verb: 'revoke' | 'delete', labels: readonly string[]): Promise<Done[]> {
      const each = verb === 'revoke' ? revokeTokens : deleteTokens
      const outcomes = await each(people[who], { tokenIds: labels.map(idOf) })
      return outcomes.map(({ refusal }) => ({ code: refusal?.code ?? 'ok' }))
    },
    /** Has the product do it; what is not a refusal is thrown. */
    async perform(act: Act, minted = 0): Promise<Done> {
      if (act.verb === 'use') return goodOr(await verify(act.token, nthBack({ minted }, act.back), false))
      if (act.verb === 'look') return goodOr(await verify(act.token, act.nth, true))
      if (act.verb === 'spend') {
        const secret = secrets.get(`${act.token} ${act.nth}`)
        const opened = secret === undefined ? null : digestOf(secret)
        await recordUses(sql, [{ tokenId: idOf(act.token), at: clock().getTime(), ip: null, userAgent: null, opened }])
        return { code: 'ok' }
      }
      try {
        const result = await run(act)
        return isOpened(result) ? { code: 'ok', secret: result.secret.reveal() } : { code: 'ok' }
      } catch (error) {
        if (error instanceof DomainError) return { code: error.code }
        throw error
      }
    },
  }
}

const goodOr = (verdict: string): Done => ({ code: verdict === 'active' ? 'ok' : verdict })

const isOpened = (result: unknown): result is Opened =>
  typeof result === 'object' && result !== null && 'secret' in result
