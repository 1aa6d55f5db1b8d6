import { expect, test } from 'vitest'
import { countedDatabase } from '#db/testing/counted-database'
import { importDevices } from '#lib/devices/import'
import { listDevices } from '#lib/devices/list'
import { loadListSearch } from '#lib/lists/search'
import { listMembers } from '#lib/members/list'
import { createApiUser } from '#lib/service-accounts/create'
import { listApiUsers } from '#lib/service-accounts/list'
import { desk } from '#lib/tokens/testing/desk'

test('members, API users and devices take two queries each, and one for the scopes, however many there are', async () => {
  const { alder, admin, person, url } = await desk()
  const { db, count } = countedDatabase(url)
  const ctx = { ...admin, db }
  const lists = [listMembers, listApiUsers, listDevices]
  const taken = async (query = '') => {
    const each: number[] = []
    for (const list of lists) each.push(await count(() => list(ctx, alder, loadListSearch(query))))
    return each
  }
  expect(await taken()).toEqual([2, 3, 2])
  for (let n = 0; n < 30; n++) {
    await person(alder, 'viewer')
    await createApiUser(admin, { organizationId: alder.id, name: `No ${n}`, role: 'viewer', scopes: [], devices: null })
  }
  const upload = Array.from({ length: 30 }, (_, n) => `m${n},Meter`).join('\n')
  await importDevices(admin, alder, Buffer.from(upload))
  expect(await taken()).toEqual([2, 3, 2])
  expect(await taken('?at=end')).toEqual([2, 3, 2])
})
