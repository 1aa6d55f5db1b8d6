import { getToken } from '#lib/tokens/get'
import { digestOf } from '#lib/tokens/secret'
import type { PersonName } from '#lib/tokens/testing/acts'
import { type Model, type ModelToken, may, status, stopped } from '#lib/tokens/testing/model'
import type { Stage } from '#lib/tokens/testing/stage'

const MINUTE = 60_000

/** A token as it is kept, with its secrets by digest. */
export type Kept = {
  readonly name: string
  readonly deleted: boolean
  readonly revoked: boolean
  readonly expiresAt: number | null
  readonly overlap: number | null
  readonly current: string | null
  readonly retiring: string | null
  readonly until: number | null
  /** Whether each would be told to its key again. */
  readonly open: readonly [boolean, boolean]
}

/** All tokens of a stage as PostgreSQL keeps them, by label. */
export async function keptTokens({ sql, ids, clock }: Stage): Promise<Record<string, Kept>> {
  const rows = await sql<({ id: string } & Omit<Kept, 'open'> & { open: boolean; retiringOpen: boolean })[]>`
    select t.id, t.name, deleted_at is not null as deleted, revoked_at is not null as revoked,
      (extract(epoch from expires_at) * 1000)::float8 as "expiresAt", rotation_overlap_seconds as overlap,
      encode(c.digest, 'hex') as current, encode(r.digest, 'hex') as retiring,
      (extract(epoch from r.retires_at) * 1000)::float8 as until,
      coalesce(c.reveal_salt is not null and c.reveal_until > ${clock()}, false) as open,
      coalesce(r.reveal_salt is not null and r.reveal_until > ${clock()}, false) as "retiringOpen"
    from tokens t
      left join token_secrets c on c.token_id = t.id and c.state = 'current'
      left join token_secrets r on r.token_id = t.id and r.state = 'retiring'
    where t.id in ${sql(Object.values(ids))}`
  const byId = new Map(
    rows.map(({ id, open, retiringOpen, ...row }): [string, Kept] => [id, { ...row, open: [open, retiringOpen] }]),
  )
  return Object.fromEntries(Object.entries(ids).flatMap(([label, id]) => [[label, byId.get(id)]].filter(known)))
}

const known = (entry: (string | Kept | undefined)[]): entry is [string, Kept] => entry[1] !== undefined

/** What the model says is kept; `digest` knows each secret by its token's label and its minting. */
export const keptInModel = (model: Model, digest: (label: string, nth: number) => string | undefined) =>
  Object.fromEntries(
    Object.entries(model.tokens).map(([label, token]): [string, Kept] => {
      const { current, retiring } = token
      const open = (secret: ModelToken['current']) => secret?.open === true && model.now < secret.at + 10 * MINUTE
      return [
        label,
        {
          name: token.name,
          deleted: token.deleted,
          revoked: token.revoked,
          expiresAt: token.expiresAt,
          overlap: token.overlap,
          current: current && (digest(label, current.nth) ?? 'unknown'),
          retiring: retiring && (digest(label, retiring.nth) ?? 'unknown'),
          until: retiring?.until ?? null,
          open: [open(current), open(retiring)],
        },
      ]
    }),
  )

/** The digest of a secret that the stage was told. */
export const digestOn = (stage: Stage) => (label: string, nth: number) => {
  const secret = stage.secrets.get(`${label} ${nth}`)
  return secret && Buffer.from(digestOf(secret)).toString('hex')
}

/** What a person's screen shows of a token, or `not_found`. */
export async function seen({ people, ids, alder }: Stage, label: string, token: ModelToken, who: PersonName) {
  try {
    const view = await getToken(people[who], token.owner === null ? alder.id : null, ids[label] ?? '')
    return {
      name: view.name,
      status: view.status,
      actions: view.actions,
      expiresAt: view.expiresAt?.getTime() ?? null,
      mintedAt: view.mintedAt?.getTime() ?? null,
      overlap: view.rotation?.overlapSeconds ?? null,
      retiringUntil: view.retiring?.until.getTime() ?? null,
      stopped: view.stoppedBy === 'suspended',
    }
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}

/** What it must show. */
export function toSee(model: Model, token: ModelToken, who: PersonName): Awaited<ReturnType<typeof seen>> {
  if (token.deleted || !may(who, 'see', token)) return 'not_found'
  const { now } = model
  const is = status(token, now)
  const manages = may(who, 'manage', token)
  const works = is === 'active' && !stopped(model, token)
  const opens = works && may(who, 'reveal', token) && (token.current === null || token.overlap !== null)
  const ended = token.expiresAt !== null && token.expiresAt <= now
  const offered: [string, boolean][] = [
    ['reveal', opens],
    ['copy', opens],
    ['edit', manages],
    ['rotate', manages && works && token.current !== null],
    ['revoke', manages && is === 'active'],
    ['restore', manages && is === 'revoked' && !ended && !stopped(model, token)],
    ['delete', manages && (is !== 'active' || model.rules.deleteAny)],
  ]
  return {
    name: token.name,
    status: is,
    actions: offered.flatMap(([name, applies]) => (applies ? [name as 'edit'] : [])),
    expiresAt: token.expiresAt,
    mintedAt: token.current?.at ?? null,
    overlap: token.overlap,
    retiringUntil: token.retiring !== null && token.retiring.until > now ? token.retiring.until : null,
    stopped: stopped(model, token),
  }
}
