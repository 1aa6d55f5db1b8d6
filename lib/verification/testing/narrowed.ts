import { describe, expect, test } from 'vitest'
import { ActiveAnswer, MeAnswer } from '#lib/verification/answer'
import { client } from '#lib/verification/testing/http'
import type { Opened } from '#lib/verification/testing/opened'

type Devices = string[] | null

/** What tokens are told, and what is told of them, where devices narrow them: not at all, to some, to nothing. */
export function narrowedContract(open: () => Promise<Opened>) {
  const meOf = async ({ baseUrl }: Opened, secret: Parameters<typeof client>[1]) =>
    MeAnswer.parse(JSON.parse((await client(baseUrl, secret).me()).text))

  describe('resources', () => {
    test('a token not narrowed is told apart from one narrowed to nothing, whatever narrows it', async () => {
      const world = await open()
      const { verify, ready, addApiUser, addUser, sql, organizations: at } = world
      const apiUser = await addApiUser(at.alder, 'admin', ['data:read'])
      const user = await addUser({ [at.alder]: 'member' })
      const { secret: personal } = await ready({ userId: user })
      // By itself, by its API user or its owner's membership, and what comes of it.
      const table: readonly (readonly [own: Devices, owners: Devices, both: Devices])[] = [
        [null, null, null],
        [null, [], []],
        [null, ['1', '2'], ['1', '2']],
        [[], null, []],
        [[], [], []],
        [[], ['1'], []],
        [['1', '2'], null, ['1', '2']],
        [['1', '2'], [], []],
        [['1', '2'], ['2', '3'], ['2']],
        [['1'], ['2'], []],
      ]
      for (const [own, owners, both] of table) {
        await sql`update service_accounts set devices = ${owners} where id = ${apiUser}`
        await sql`update memberships set devices = ${owners} where user_id = ${user}`
        const presented = {
          service: (await ready({ organizationId: at.alder, serviceAccountId: apiUser }, { devices: own })).secret,
          ...(owners === null && {
            organization: (await ready({ organizationId: at.alder }, { devices: own })).secret,
          }),
          ...(own === null && { personal }),
        }
        const resources = both?.map((id) => `device:${id}`) ?? []
        for (const [kind, secret] of Object.entries(presented)) {
          const what = `${kind}: ${JSON.stringify([own, owners])}`
          expect(await meOf(world, secret), what).toMatchObject({ kind, resources, narrowed: both !== null })
          for (const [resource, device] of [
            ['device:1', '1'],
            ['device:2', '2'],
            ['device:9', '9'],
            [undefined, ''],
          ] as const) {
            const answer = await verify(secret, resource === undefined ? {} : { resource })
            if (both === null || both.includes(device))
              expect(ActiveAnswer.parse(answer), `${what} ${resource}`).toMatchObject({ kind, resources })
            else expect(answer, `${what} ${resource}`).toEqual({ active: false, reason: 'resource_not_allowed' })
          }
        }
      }
    })

    test('a personal token is told what holds in each organization, and nothing of one as if it held in all', async () => {
      const world = await open()
      const { verify, ready, addUser, sql, organizations: at } = world
      const user = await addUser({ [at.alder]: 'member', [at.birch]: 'viewer', [at.cedar]: 'admin' })
      const { secret } = await ready({ userId: user })
      const narrow = (organizationId: string, devices: Devices) =>
        sql`update memberships set devices = ${devices} where user_id = ${user} and organization_id = ${organizationId}`
      await narrow(at.alder, ['1'])
      await narrow(at.birch, [])
      const told = await meOf(world, secret)
      for (const absent of ['organizationId', 'organization', 'scope', 'resources', 'tier'])
        expect(told).not.toHaveProperty(absent)
      const bySlug = 'organizations' in told ? new Map(told.organizations.map((each) => [each.slug, each])) : new Map()
      expect(bySlug.get('alder')).toMatchObject({ role: 'member', resources: ['device:1'], narrowed: true })
      expect(bySlug.get('birch')).toMatchObject({ role: 'viewer', resources: [], narrowed: true })
      expect(bySlug.get('cedar')).toMatchObject({ role: 'admin', resources: [], narrowed: false })
      for (const [organization, active] of [
        ['alder', true],
        ['birch', false],
        ['cedar', true],
      ] as const)
        expect(await verify(secret, { organization, resource: 'device:1' }), organization).toMatchObject({ active })
      expect(await verify(secret, { organization: 'alder', resource: 'device:2' })).toMatchObject({ active: false })
      expect(await verify(secret, { organization: 'cedar', resource: 'device:2' })).toMatchObject({ active: true })
    })

    test('a device is not reached by the same id in an organization above', async () => {
      const world = await open()
      const { verify, ready, addApiUser, sql, organizations: at } = world
      const apiUser = await addApiUser(at.northwind, 'admin', ['data:read'])
      await sql`update service_accounts set devices = '{1}' where id = ${apiUser}`
      const above = { organizationId: at.northwind }
      const narrowed = [
        await ready(above, { devices: ['1'] }),
        await ready({ ...above, serviceAccountId: apiUser }),
        await ready({ ...above, serviceAccountId: apiUser }, { devices: ['1'] }),
      ]
      const asked = { organization: 'alder', resource: 'device:1' }
      for (const { secret } of narrowed) {
        for (const organization of ['northwind', at.northwind])
          expect(await verify(secret, { ...asked, organization })).toMatchObject({ resources: ['device:1'] })
        expect(await verify(secret, asked)).toEqual({ active: false, reason: 'resource_not_allowed' })
      }
      expect(await verify((await ready(above)).secret, asked)).toMatchObject({ active: true, resources: [] })
    })
  })
}
