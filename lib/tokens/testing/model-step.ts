import type { Act, Choice, PersonName } from '#lib/tokens/testing/acts'
import { type Model, type ModelToken, may, nthBack, status, stopped, used, verdict } from '#lib/tokens/testing/model'

const MINUTE = 60_000
const DAY = 86_400_000

/** What came of an act: `ok` or the code of its refusal, which secret was told, and what the trail says. */
export type Outcome = {
  readonly code: string
  readonly secret?: number
  readonly events: readonly string[]
}

class Refusal extends Error {}
const refuse = (code: string): never => {
  throw new Refusal(code)
}

// The viewer is also a member of Birch, where nothing lives for more than 45 days; the tightest counts.
const longestOf = ({ rules }: Model, { owner }: Pick<ModelToken, 'owner'>) =>
  owner === 'viewer' ? Math.min(45, rules.longestDays ?? 45) : rules.longestDays

/** The same model after an act, and what came of it; a refusal changes nothing. */
export function step(before: Model, act: Act): { model: Model; outcome: Outcome } {
  const model = structuredClone(before)
  const events: string[] = []
  try {
    const secret = run(model, act, (event) => events.push(event))
    return { model, outcome: { code: 'ok', events, ...(secret !== undefined && { secret }) } }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { model: before, outcome: { code: error.message, events: [] } }
  }
}

function run(model: Model, act: Act, tell: (event: string) => void): number | undefined {
  if (act.verb === 'create') return create(model, act, tell)
  const token = model.tokens[act.token]
  if (token === undefined) throw new Error(`no token ${act.token}`)
  const nth = act.verb === 'use' ? nthBack(token, act.back) : 'nth' in act ? act.nth : 0
  if (act.verb === 'use' || act.verb === 'look') look(model, token, nth)
  if (act.verb === 'use' || act.verb === 'spend') return spend(token, nth)
  if (act.verb === 'look') return undefined
  const opens = act.verb === 'reveal' || act.verb === 'copy'
  if (token.deleted || !may(act.who, 'see', token)) refuse('not_found')
  if (!may(act.who, opens || act.verb === 'finish' ? 'reveal' : 'manage', token)) refuse('forbidden')
  if (opens) {
    const nth = reveal(model, token, act.who, act.key)
    tell(act.verb === 'copy' ? 'copied' : 'revealed')
    return nth
  }
  if (act.verb === 'finish') for (const each of secretsOf(token)) each.open &&= each.by !== act.who
  if (act.verb === 'edit') edit(model, token, act, tell)
  if (act.verb === 'rotate') rotate(model, token, act, tell)
  if (act.verb === 'restore') restore(model, token, tell)
  if (act.verb === 'revoke') revoke(model, token, tell)
  if (act.verb === 'delete' || (act.verb === 'revoke' && act.andDelete)) remove(model, token, tell)
  return undefined
}

const secretsOf = ({ current, retiring }: ModelToken) => [current, retiring].filter((each) => each !== null)

function create(model: Model, act: Act & { verb: 'create' }, tell: (event: string) => void): undefined {
  const owner = act.own ? act.who : null
  if (!may(act.who, 'see', { owner })) refuse('not_found')
  if (!may(act.who, 'manage', { owner })) refuse('forbidden')
  if (stopped(model, { owner })) refuse('organization_suspended')
  requireFree(model, act.name, owner)
  const life = lifetime(model, owner, model.now, act.expires)
  requireRoom(model, owner)
  model.tokens[act.label] = {
    owner,
    name: act.name,
    createdAt: model.now,
    ...life,
    revoked: false,
    deleted: false,
    overlap: null,
    minted: 0,
    current: null,
    retiring: null,
  }
  tell('created')
}

function requireFree({ tokens }: Model, name: string, owner: PersonName | null, except?: ModelToken) {
  const fold = (text: string) => text.normalize('NFKC').toLowerCase()
  const same = (other: ModelToken) => other.owner === owner && !other.deleted && fold(other.name) === fold(name)
  if (Object.values(tokens).some((other) => other !== except && same(other))) refuse('name_taken')
}

function requireRoom(model: Model, owner: PersonName | null) {
  if (owner === null && used(model) >= model.rules.limit) refuse('token_limit')
}

function requireLife(model: Model, owner: PersonName | null, countedFrom: number, expiresAt: number | null) {
  const longest = longestOf(model, { owner })
  if (expiresAt === null && (!model.rules.neverAllowed || longest !== null)) refuse('over_policy')
  if (longest !== null && (expiresAt ?? 0) > countedFrom + longest * DAY) refuse('over_policy')
}

function lifetime(model: Model, owner: PersonName | null, countedFrom: number, choice?: Choice) {
  const usual = Math.min(90, longestOf(model, { owner }) ?? 90)
  if (choice === undefined) return { expiresAt: model.now + usual * DAY, days: usual }
  const expiresAt =
    choice.kind === 'never' ? null : model.now + choice.days * DAY + (choice.kind === 'custom' ? 1_000 : 0)
  if (expiresAt !== null && expiresAt <= model.now) refuse('over_policy')
  requireLife(model, owner, countedFrom, expiresAt)
  return { expiresAt, days: choice.kind === 'preset' ? choice.days : null }
}

function requireActive(token: ModelToken, now: number) {
  if (token.revoked) refuse('not_active')
  if (status(token, now) === 'expired') refuse('expired')
}

function reveal(model: Model, token: ModelToken, who: PersonName, key: number): number {
  const { now } = model
  if (stopped(model, token)) refuse('organization_suspended')
  requireActive(token, now)
  const known = secretsOf(token).find((each) => each.key === key)
  if (known !== undefined) {
    const retired = known.nth === token.retiring?.nth && token.retiring.until <= now
    if (!known.open || known.by !== who || now >= known.at + 10 * MINUTE || retired) refuse('already_revealed')
    return known.nth
  }
  if (token.current !== null) {
    if (token.overlap === null) return refuse('already_revealed')
    token.retiring = { ...token.current, until: now + token.overlap * 1_000 }
    token.overlap = null
  } else if (token.days !== null) {
    token.expiresAt = now + Math.min(token.days, longestOf(model, token) ?? token.days) * DAY
  }
  token.current = { nth: ++token.minted, key, by: who, at: now, open: true }
  return token.current.nth
}

function edit(model: Model, token: ModelToken, act: Act & { verb: 'edit' }, tell: (event: string) => void) {
  const was = status(token, model.now)
  if (act.status === 'active' && was === 'revoked') restore(model, token, tell)
  if (was === 'revoked' && act.expires !== undefined) refuse('not_active')
  if (act.name !== undefined) requireFree(model, act.name, token.owner, token)
  const before = { name: token.name, expiresAt: token.expiresAt }
  if (act.expires !== undefined) {
    const life = lifetime(model, token.owner, token.current?.at ?? token.createdAt, act.expires)
    const longer = token.expiresAt !== null && (life.expiresAt === null || life.expiresAt > token.expiresAt)
    if (longer && stopped(model, token)) refuse('organization_suspended')
    if (was === 'expired') requireRoom(model, token.owner)
    Object.assign(token, life)
  }
  if (act.name !== undefined) token.name = act.name
  if (token.name !== before.name || token.expiresAt !== before.expiresAt) tell('edited')
  if (act.status !== 'revoked' || was === 'revoked') return
  if (was === 'expired') refuse('expired')
  revoke(model, token, tell)
}

function rotate(model: Model, token: ModelToken, act: Act & { verb: 'rotate' }, tell: (event: string) => void) {
  if (stopped(model, token)) refuse('organization_suspended')
  requireActive(token, model.now)
  if (token.current === null) refuse('not_revealed')
  if (act.confirmedMinutesAgo === null || act.confirmedMinutesAgo >= 10) refuse('confirmation_required')
  if (token.overlap !== act.overlap) tell('rotated')
  token.overlap = act.overlap
}

function revoke({ now }: Model, token: ModelToken, tell: (event: string) => void) {
  requireActive(token, now)
  token.revoked = true
  tell('revoked')
}

function restore(model: Model, token: ModelToken, tell: (event: string) => void) {
  if (stopped(model, token)) refuse('organization_suspended')
  if (!token.revoked) refuse('not_revoked')
  if (token.expiresAt !== null && token.expiresAt <= model.now) refuse('expired')
  requireLife(model, token.owner, token.current?.at ?? token.createdAt, token.expiresAt)
  requireRoom(model, token.owner)
  token.revoked = false
  tell('restored')
}

function remove(model: Model, token: ModelToken, tell: (event: string) => void) {
  if (status(token, model.now) === 'active' && !model.rules.deleteAny) refuse('not_deletable')
  Object.assign(token, { deleted: true, overlap: null, current: null, retiring: null })
  tell('deleted')
}

function look(model: Model, token: ModelToken, nth: number) {
  if (nth === 0) refuse('no_secret')
  const reason = verdict(model, token, nth)
  if (reason !== 'active') refuse(reason)
}

function spend(token: ModelToken, nth: number): undefined {
  for (const each of secretsOf(token)) each.open &&= each.nth !== nth
}
