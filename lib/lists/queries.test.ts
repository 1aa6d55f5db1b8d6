import { expect, test } from 'vitest'
import { countedDatabase } from '#db/testing/counted-database'
import { listSessions } from '#lib/accounts/session'
import type { Context } from '#lib/context'
import { listDevices } from '#lib/devices/list'
import { listInvitations } from '#lib/invitations/list'
import { loadListSearch } from '#lib/lists/search'
import { fewRows, manyRows } from '#lib/lists/testing/rows'
import { listMembers } from '#lib/members/list'
import { customerFormOptions } from '#lib/organizations/customer-options'
import { findCustomer } from '#lib/organizations/find-customer'
import { findOrganizations } from '#lib/organizations/find-organizations'
import { listCustomers } from '#lib/organizations/list-customers'
import { loadOrganizations, openOrganization } from '#lib/organizations/load'
import { ownOrganization } from '#lib/organizations/own'
import { loadCustomerSearch } from '#lib/organizations/search'
import { ceilingTable, policyTable } from '#lib/policies/table'
import { listScopes } from '#lib/scopes/list'
import { listApiUsers } from '#lib/service-accounts/list'
import { listTiersInUse } from '#lib/tiers/list'
import { tokenFormOptions } from '#lib/tokens/form-options'
import { getToken } from '#lib/tokens/get'
import { homeOf, loadPersonalHome } from '#lib/tokens/home'
import { listTokenNotices, listTokens, tokensVersion } from '#lib/tokens/list'
import { listReach } from '#lib/tokens/reach'
import { listPersonalTokensOf } from '#lib/tokens/revoke-personal-list'
import { loadTokenSearch } from '#lib/tokens/search'
import { readAnalytics } from '#lib/usage/analytics'
import { listCustomerUsage } from '#lib/usage/below'
import { loadAnalyticsSearch, shownPeriod } from '#lib/usage/search'

type World = Awaited<ReturnType<typeof fewRows>>
type Screen = (ctx: Context, world: World) => Promise<unknown>

const desk = ({ db, actor }: Context) => openOrganization(db, actor, 'platform')
const own = (ctx: Context) => loadPersonalHome(ctx.db, ctx.actor)
const asMember = (ctx: Context) =>
  ctx.actor.memberships.map(({ organizationId: id, role }) => ({
    ...{ id, role, kind: 'customer' as const, slug: id, name: id, path: [id] },
  }))

const tokens =
  (query: string): Screen =>
  async (ctx) => {
    const home = homeOf(await desk(ctx))
    await Promise.all([
      tokenFormOptions(ctx, home),
      listTokens(ctx, home, loadTokenSearch(query)),
      listTokenNotices(ctx, home),
    ])
  }
const customers =
  (query: string): Screen =>
  async (ctx) => {
    const at = await desk(ctx)
    const search = loadCustomerSearch(query)
    await Promise.all([
      customerFormOptions(ctx, at),
      listCustomers(ctx, at, search),
      search.edit === null ? null : findCustomer(ctx, at, search.edit),
    ])
  }
const members =
  (query: string): Screen =>
  async (ctx) => {
    const at = await desk(ctx)
    await Promise.all([
      listMembers(ctx, at, loadListSearch(query)),
      listInvitations({ ...ctx, post: null }, at),
      tokenFormOptions(ctx, homeOf(at)),
    ])
  }
const apiUsers =
  (query: string): Screen =>
  async (ctx) => {
    const at = await desk(ctx)
    await Promise.all([listApiUsers(ctx, at, loadListSearch(query)), tokenFormOptions(ctx, homeOf(at))])
  }
const devices =
  (query: string): Screen =>
  async (ctx) =>
    listDevices(ctx, await desk(ctx), loadListSearch(query))
const settings =
  (more: (ctx: Context, id: string) => Promise<unknown>): Screen =>
  async (ctx) => {
    const { id } = await desk(ctx)
    await policyTable({ ...ctx, maySeal: true }, id)
    await more(ctx, id)
  }
const account =
  (query: string): Screen =>
  async (ctx) => {
    const home = await own(ctx)
    await Promise.all([
      tokenFormOptions(ctx, home),
      listTokens(ctx, home, loadTokenSearch(query)),
      listReach({ ...ctx, organizations: asMember(ctx) }, null),
    ])
  }

/** What each screen asks for, as its page does; pages that count what lies before them are rows of their own. */
const SCREENS: Readonly<Record<string, Screen>> = {
  Tokens: tokens(''),
  'Tokens, searched and sorted': tokens('?q=o&sort=-lastUsed&status=active'),
  'Tokens, last page': tokens('?before=end'),
  'Tokens, the check for changes': async (ctx) => tokensVersion(ctx, homeOf(await desk(ctx))),
  'a token': async (ctx, { tokenId }) => {
    const at = await desk(ctx)
    await getToken(ctx, at.id, tokenId)
    await tokenFormOptions(ctx, homeOf(at))
  },
  Customers: customers(''),
  'Customers at every level, by activity': customers('?below=all&sort=-activity'),
  'Customers, searched': customers('?below=all&q=o&show=suspended'),
  'Customers, one to be edited': customers('?edit=northwind'),
  'Customers, last page': customers('?before=end'),
  Analytics: async (ctx) => {
    const at = await desk(ctx)
    const search = loadAnalyticsSearch('')
    const { shown } = shownPeriod(search, ctx.clock(), 'Europe/Berlin')
    await Promise.all([readAnalytics(ctx, at, shown), listCustomerUsage(ctx, at, { shown, search })])
  },
  Members: members(''),
  'Members, last page': members('?at=end'),
  'Members, the personal tokens of one': (ctx) => listPersonalTokensOf(ctx, { userId: ctx.actor.userId }),
  'API users': apiUsers('?tab=api-users'),
  'API users, last page': apiUsers('?tab=api-users&at=end'),
  Devices: devices(''),
  'Devices, last page': devices('?at=end'),
  'Settings, organization': settings(ownOrganization),
  'Settings, policies': settings((ctx, id) => ceilingTable({ ...ctx, maySeal: true }, id)),
  'Settings, tiers': settings(listTiersInUse),
  'Settings, scopes': settings((ctx) => Promise.all([listScopes(ctx), listTiersInUse(ctx)])),
  'Account settings, API token': account(''),
  'Account settings, API token, last page': account('?before=end'),
  'Account settings, security': async (ctx) => listSessions({ ...ctx, sessionId: '' }),
  'a personal token': async (ctx, { ownTokenId }) => {
    const [{ scopes }] = await Promise.all([getToken(ctx, null, ownTokenId), own(ctx)])
    await listReach({ ...ctx, organizations: asMember(ctx) }, scopes)
  },
  'the frame around them': async (ctx) =>
    loadOrganizations(
      ctx.db,
      ctx.actor.memberships.map(({ organizationId }) => organizationId),
    ),
  'the switcher': (ctx) => findOrganizations(ctx, ''),
  'the switcher, searched': (ctx) => findOrganizations(ctx, 'o'),
}

test('however many rows there are, each screen takes the same few queries', async () => {
  const world = await fewRows()
  const { db, count } = countedDatabase(world.url)
  const counted = async (ctx: Context) => {
    const taken: Record<string, number> = {}
    for (const [name, screen] of Object.entries(SCREENS)) taken[name] = await count(() => screen({ ...ctx, db }, world))
    return taken
  }
  const few = await counted(world.root)
  const many = await counted(await manyRows(world))
  expect(many).toEqual(few)
  for (const [name, taken] of Object.entries(many)) {
    expect(taken, name).toBeGreaterThan(0)
    expect(taken, name).toBeLessThan(20)
  }
})
