import { createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Context } from '#lib/context'
import type { SealKey } from '#lib/env/variables'
import { inviteMember } from '#lib/invitations/invite'
import { joinByInvitation } from '#lib/invitations/join'
import { newRevealKey, testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { finishReveal } from '#lib/tokens/finish-reveal'
import { getToken } from '#lib/tokens/get'
import { copyToken, revealToken } from '#lib/tokens/reveal'
import { rotateToken } from '#lib/tokens/rotate'

const HOUR = 3_600_000
const newSealKey = (id: string): SealKey => ({ id, key: createSecretKey(randomBytes(32)) })

/** Alder and Northwind under `anytime`, and a token of Alder that a member revealed and is done with. */
async function keeping() {
  const world = await testWorld()
  const { sql, alder } = world
  await sql`update organizations set reveal_policy = 'anytime'`
  const sealKeys = [newSealKey('one')]
  const join = async (role: 'admin' | 'member' | 'viewer') => ({ ...(await world.person(alder, role)), sealKeys })
  const [admin, member] = [await join('admin'), await join('member')]
  const { id } = await createToken(admin, { organizationId: alder.id, name: 'Kept' })
  const open = async (ctx: Context, key = newRevealKey()) =>
    (await revealToken(ctx, { tokenId: id, key })).secret.reveal()
  const first = await open(member)
  await finishReveal(member, { tokenId: id })
  return { ...world, sealKeys, admin, member, join, id, open, first }
}

const refused = (code: string) => expect.objectContaining({ code })

describe('under anytime', () => {
  test('a secret is revealed again, to any member who confirmed who they are, and every time is in the trail', async () => {
    const { admin, alder, member, open, first, id } = await keeping()
    expect(await open(admin)).toBe(first)
    expect((await copyToken(member, { tokenId: id, key: newRevealKey() })).secret.reveal()).toBe(first)
    const { audit } = await getToken(admin, alder.id, id)
    expect(audit.filter(({ action }) => /revealed|copied/.test(action))).toHaveLength(3)
  })

  test('who has not confirmed within 10 minutes is asked to, but for the first reveal', async () => {
    const { admin, open, pass, alder, first } = await keeping()
    pass(HOUR)
    await expect(open(admin)).rejects.toEqual(refused('confirmation_required'))
    await expect(open({ ...admin, actor: { ...admin.actor, confirmedAt: null } })).rejects.toEqual(
      refused('confirmation_required'),
    )
    expect(await open({ ...admin, actor: { ...admin.actor, confirmedAt: admin.clock() } })).toBe(first)
    const { id } = await createToken(admin, { organizationId: alder.id, name: 'Other' })
    expect((await revealToken(admin, { tokenId: id, key: newRevealKey() })).token.kept).toBe(true)
  })

  test('viewers and admins above never reveal, not again either', async () => {
    const { join, open, person, northwind, sealKeys } = await keeping()
    await expect(open(await join('viewer'))).rejects.toEqual(refused('forbidden'))
    await expect(open({ ...(await person(northwind, 'admin')), sealKeys })).rejects.toEqual(refused('forbidden'))
  })

  test('the database holds the copy sealed, and nobody without its key opens it', async () => {
    const { sql, admin, alder, open, first, id } = await keeping()
    const [row] = await sql`select * from token_secrets where token_id = ${id}`
    expect(row?.['seal_key_id']).toBe('one')
    expect(Buffer.from(row?.['sealed']).includes(first.slice(-49))).toBe(false)
    for (const sealKeys of [[], [newSealKey('one')], [newSealKey('two')]])
      await expect(open({ ...admin, sealKeys })).rejects.toEqual(refused('already_revealed'))
    expect((await getToken({ ...admin, sealKeys: [] }, alder.id, id)).actions).not.toContain('reveal')
  })

  test('a copy put in the place of another token’s opens nothing', async () => {
    const { sql, admin, alder, id } = await keeping()
    const { id: other } = await createToken(admin, { organizationId: alder.id, name: 'Other' })
    await revealToken(admin, { tokenId: other, key: newRevealKey() })
    await sql`update token_secrets set sealed = (select sealed from token_secrets where token_id = ${id})
      where token_id = ${other}`
    await expect(revealToken(admin, { tokenId: other, key: newRevealKey() })).rejects.toEqual(
      refused('already_revealed'),
    )
  })

  test('a rotation’s new secret is kept in the place of the old one', async () => {
    const { admin, open, first, id } = await keeping()
    await rotateToken(admin, { tokenId: id, overlapSeconds: 3600 })
    const second = await open(admin)
    expect(second).not.toBe(first)
    await finishReveal(admin, { tokenId: id })
    expect(await open(admin)).toBe(second)
  })
})

describe('under once', () => {
  test('a secret that was minted before stays closed, and none is kept', async () => {
    const { sql, alder, admin, open, id } = await keeping()
    await sql`update organizations set reveal_policy = 'once' where id = ${alder.id}`
    await expect(open(admin)).rejects.toEqual(refused('already_revealed'))
    expect(await getToken(admin, alder.id, id)).toMatchObject({ kept: false, keeps: false })
    const { id: other } = await createToken(admin, { organizationId: alder.id, name: 'Other' })
    await revealToken(admin, { tokenId: other, key: newRevealKey() })
    const [row] = await sql`select sealed, seal_key_id from token_secrets where token_id = ${other}`
    expect(row).toEqual({ sealed: null, seal_key_id: null })
  })

  test('what an ancestor tightened counts', async () => {
    const { sql, northwind, admin, open } = await keeping()
    await sql`update organizations set reveal_policy = 'once' where id = ${northwind.id}`
    await expect(open(admin)).rejects.toEqual(refused('already_revealed'))
  })

  test('a reveal that meets a tightening keeps nothing that the tightening did not see', async () => {
    const { sql, alder, admin } = await keeping()
    const { id } = await createToken(admin, { organizationId: alder.id, name: 'Raced' })
    const tightened = Promise.withResolvers<void>()
    const began = Promise.withResolvers<void>()
    const tightening = sql.begin(async (tx) => {
      await tx`update organizations set reveal_policy = 'once' where id = ${alder.id}`
      began.resolve()
      await tightened.promise
      await tx`update token_secrets set sealed = null, seal_key_id = null`
    })
    await began.promise
    const revealed = revealToken(admin, { tokenId: id, key: newRevealKey() })
    await expect
      .poll(async () => (await sql`select count(*)::int as n from pg_locks where not granted`)[0]?.['n'])
      .toBeGreaterThan(0)
    tightened.resolve()
    await tightening
    await revealed
    const [row] = await sql`select sealed from token_secrets where token_id = ${id}`
    expect(row?.['sealed']).toBeNull()
  })

  test('whoever joins an organization under once has no personal token kept any more', async () => {
    const { sql, member, organization, northwind, person } = await keeping()
    const { id } = await createToken(member, { organizationId: null, name: 'Own' })
    const open = (ctx: Context) => revealToken(ctx, { tokenId: id, key: newRevealKey() })
    const first = (await open(member)).secret.reveal()
    expect((await open(member)).secret.reveal()).toBe(first)
    const birch = await organization('Birch', northwind, 'customer')
    const inviting = { ...(await person(birch, 'admin')), post: null }
    const { email } = member.actor
    const { link } = await inviteMember(inviting, { organizationId: birch.id, email, role: 'viewer' })
    await joinByInvitation(member, { link: link ?? '', as: email })
    const [row] = await sql`select sealed from token_secrets where token_id = ${id}`
    expect(row?.['sealed']).toBeNull()
    await expect(open(member)).rejects.toEqual(refused('already_revealed'))
  })
})
