import { expect, test } from 'vitest'
import type { Context } from '#lib/context'
import { changeMember } from '#lib/members/change'
import { removeMember } from '#lib/members/remove'
import { resumeCustomer } from '#lib/organizations/resume-customer'
import { suspendCustomer } from '#lib/organizations/suspend-customer'
import { createApiUser } from '#lib/service-accounts/create'
import { disableApiUser, enableApiUser } from '#lib/service-accounts/disable'
import { newRevealKey, testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { restoreToken } from '#lib/tokens/restore'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'
import { openGateway } from '#lib/tokens/testing/gateway'

const ROUNDS = 5

async function presented() {
  const world = await testWorld()
  const { alder, northwind, person, join, sql } = world
  const [admin, above] = [await person(alder, 'admin'), await person(northwind, 'admin')]
  const member = await join(await person(northwind, 'viewer'), alder, 'admin')
  const reveal = async (ctx: Context, tokenId: string) =>
    (await revealToken(ctx, { tokenId, key: newRevealKey() })).secret
  const at = { organizationId: alder.id }
  const of = { ...at, userId: member.actor.userId }
  const own = await createToken(member, { organizationId: null, name: 'Own', scopes: ['tokens:write'] })
  const apiUser = await createApiUser(admin, {
    ...at,
    name: 'Robot',
    role: 'admin',
    scopes: ['data:read'],
    devices: null,
  })
  const service = await createToken(admin, { ...at, name: 'S', scopes: ['data:read'], serviceAccountId: apiUser.id })
  const plain = await createToken(admin, { ...at, name: 'Plain' })
  const personal = { secret: await reveal(member, own.id), asked: { organization: 'alder', scope: ['tokens:write'] } }
  const [tokenId, apiUserIds] = [plain.id, { ...at, apiUserId: apiUser.id }]
  const rejoin = () => sql`insert into memberships (user_id, organization_id, role)
    values (${of.userId}, ${alder.id}, 'admin')`
  return {
    world,
    /** What ends a token there, what begins it again, and why it is refused between the two. */
    ends: {
      'its owner is removed': [personal, () => removeMember(admin, of), rejoin, 'not_a_member'],
      'its owner is made a viewer': [
        personal,
        () => changeMember(admin, { ...of, role: 'viewer' }),
        () => changeMember(admin, { ...of, role: 'admin' }),
        'insufficient_scope',
      ],
      'its API user is disabled': [
        { secret: await reveal(admin, service.id), asked: {} },
        () => disableApiUser(admin, apiUserIds),
        () => enableApiUser(admin, apiUserIds),
        'api_user_disabled',
      ],
      'its organization is suspended': [
        personal,
        () => suspendCustomer(above, at),
        () => resumeCustomer({ ...above, post: null }, at),
        'suspended',
      ],
      'it is revoked': [
        { secret: await reveal(admin, tokenId), asked: {} },
        () => revokeToken(admin, { tokenId }),
        () => restoreToken(admin, { tokenId }),
        'revoked',
      ],
    } as const,
  }
}

test('whatever ends a token while it is verified: active before, refused from the commit on, and never active again', async () => {
  const { world, ends } = await presented()
  const verify = await openGateway(world)
  for (const [what, [{ secret, asked }, end, begin, reason]] of Object.entries(ends))
    for (let round = 0; round < ROUNDS; round++) {
      const answers = [await verify(secret, asked)]
      let committed = false
      const ending = end().finally(() => {
        committed = true
      })
      while (!committed) answers.push(await verify(secret, asked))
      await ending
      const turned = answers.indexOf(reason)
      const [before, after] = turned < 0 ? [answers, []] : [answers.slice(0, turned), answers.slice(turned)]
      expect(before, what).toEqual(before.map(() => 'active'))
      expect(after, what).toEqual(after.map(() => reason))
      expect(await Promise.all([1, 2, 3].map(() => verify(secret, asked))), what).toEqual([reason, reason, reason])
      await begin()
    }
})
