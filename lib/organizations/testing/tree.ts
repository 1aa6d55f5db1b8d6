import { loadOrganization } from '#lib/organizations/load'
import { openCustomer } from '#lib/organizations/open-customer'
import { testWorld } from '#lib/testing/world'

/** A world with its people: the platform's admin, Northwind's, and one of each role at Alder; and who stands elsewhere. */
export async function tree(options: { readonly connections?: number } = {}) {
  const world = await testWorld(options)
  const { platform, northwind, alder, person, organization, db, sql } = world
  const southgate = await organization('Southgate', platform, 'reseller')
  const people = {
    root: await person(platform, 'admin'),
    reseller: await person(northwind, 'admin'),
    owner: await person(alder, 'admin'),
    member: await person(northwind, 'member'),
    stranger: await person(southgate, 'admin'),
  }
  const latest = async (id: string) => {
    const loaded = await loadOrganization(db, id)
    if (loaded === null) throw new Error('it is gone')
    return loaded
  }
  const trail = async (id: string) =>
    (await sql`select action from audit_events where target_id = ${id} order by id`).map((row) => row['action'])
  const idOf = async (slug: string) => String((await sql`select id from organizations where slug = ${slug}`)[0]?.['id'])
  /** Opens one as Northwind's admin does, by a name that is its slug too. */
  const open = (slug: string, more: Partial<Parameters<typeof openCustomer>[1]> = {}, ctx = people.reseller) =>
    openCustomer({ ...ctx, post: null }, { parentId: northwind.id, name: slug, slug, kind: 'customer', ...more })
  return { ...world, ...people, southgate, latest, trail, idOf, open }
}

/** What a verb that refuses throws. */
export const refusing = (code: string, fields: Readonly<Record<string, unknown>> = {}) => ({
  name: 'DomainError',
  code,
  fields,
})
