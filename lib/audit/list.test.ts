import { describe, expect, test } from 'vitest'
import { countedDatabase } from '#db/testing/counted-database'
import { exportAuditEvents } from '#lib/audit/export'
import { EVENTS_A_PAGE, listAuditEvents } from '#lib/audit/list'
import { recordAudits } from '#lib/audit/record'
import { loadAuditSearch } from '#lib/audit/search'
import type { AuditEventView } from '#lib/audit/view'
import type { Context } from '#lib/context'
import type { Organization } from '#lib/organizations/load'
import { loadOrganization } from '#lib/organizations/load'
import { parseCsv } from '#lib/testing/parse-csv'
import { whoMayWorld } from '#lib/testing/who-may/world'
import { newRevealKey } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { editToken } from '#lib/tokens/edit'
import { revealToken } from '#lib/tokens/reveal'
import { desk, MINUTE, refused } from '#lib/tokens/testing/desk'

const see = (ctx: Context, place: Organization, query = '') => listAuditEvents(ctx, place, loadAuditSearch(query))

const said = ({ action, actor, target }: AuditEventView) => `${actor} ${action} ${target.name}`

async function csvOf(ctx: Context, place: Organization, query = ''): Promise<string[][]> {
  let text = ''
  for await (const part of await exportAuditEvents(ctx, place, loadAuditSearch(query))) text += part
  return parseCsv(text)
}

/** A desk on which so many events happened in Alder, a minute apart: `E0` the oldest. */
async function withEvents(count: number) {
  const world = await desk()
  world.pass(MINUTE)
  const begun = world.clock().getTime()
  await world.db.transaction((tx) =>
    recordAudits(
      tx,
      world.admin.actor,
      Array.from({ length: count }, (_, n) => ({
        at: new Date(begun + n * MINUTE),
        action: n % 2 === 0 ? 'token.revoked' : 'member.invited',
        organizationId: world.alder.id,
        target: { type: 'token', id: `E${n}`, name: `E${n}` },
      })),
    ),
  )
  world.pass(count * MINUTE)
  return world
}

describe('the pages', () => {
  test('lead through every event once, newest first, forwards and back, and from either end', async () => {
    const { admin, alder } = await withEvents(60)
    const walk = async (query: string, side: 'next' | 'previous') => {
      const names: string[][] = []
      for (let at = query; ; ) {
        const page = await see(admin, alder, at)
        names.push(page.events.map(({ id }) => id))
        expect(page.events.length).toBeLessThanOrEqual(EVENTS_A_PAGE)
        if (!(side === 'next' ? page.hasNext : page.hasPrevious)) return names
        at = side === 'next' ? `?after=${page.events.at(-1)?.id}` : `?before=${page.events[0]?.id}`
      }
    }
    const down = (await walk('', 'next')).flat()
    const up = (await walk('?at=end', 'previous')).toReversed().flat()
    expect(new Set(down).size).toBe(down.length)
    expect(down.length).toBe((await see(admin, alder)).total.count)
    expect(up).toEqual(down)
    const first = await see(admin, alder)
    expect(first.events[0]?.target.name).toBe('E59')
    expect(first).toMatchObject({ first: 1, hasPrevious: false, hasNext: true })
    const last = await see(admin, alder, '?at=end')
    expect(last).toMatchObject({ first: down.length - EVENTS_A_PAGE + 1, hasPrevious: true, hasNext: false })
    const second = await see(admin, alder, `?after=${first.events.at(-1)?.id}`)
    expect(second.first).toBe(EVENTS_A_PAGE + 1)
  })

  test('stand in the order of time, whatever the order in which they were written', async () => {
    const { admin, alder, db, clock } = await desk()
    const at = (minutes: number) => new Date(clock().getTime() + minutes * MINUTE)
    const event = (name: string, minutes: number) => ({
      ...{ at: at(minutes), action: 'token.edited' as const, organizationId: alder.id },
      target: { type: 'token', id: name, name },
    })
    await db.transaction((tx) => recordAudits(tx, admin.actor, [event('late', 9), event('early', 3), event('mid', 6)]))
    const { events } = await see(admin, alder, '?show=token.edited')
    expect(events.map(({ target }) => target.name)).toEqual(['late', 'mid', 'early'])
  })

  test('take the same few queries, however many events and organizations there are', async () => {
    const { admin, alder, northwind, platform, organization, person, url } = await withEvents(60)
    const { db, count } = countedDatabase(url)
    const above = await person(northwind, 'admin')
    const root = await person(platform, 'admin')
    const taken = async () => {
      const each: number[] = []
      for (const [ctx, place] of [
        [admin, alder],
        [above, northwind],
        [root, platform],
      ] as const)
        for (const query of ['', '?at=end', '?after=40', '?q=E1&show=tokens&period=30d'])
          each.push(await count(() => see({ ...ctx, db }, place, query)))
      return each
    }
    const before = await taken()
    for (let n = 0; n < 5; n++) await organization(`More${n}`, northwind, 'customer')
    expect(await taken()).toEqual(before)
    expect(Math.max(...before)).toBeLessThanOrEqual(6)
  })
})

describe('the filters', () => {
  test('find who opened a secret, by kind, by person, by token, by any part of a name and by the masked token', async () => {
    const { admin, alder, make, person, pass } = await desk()
    const member = await person(alder, 'member')
    const { id } = await make('Billing export')
    await make('Metering')
    pass(MINUTE)
    await revealToken(member, { tokenId: id, key: newRevealKey() })
    const opened = [`${member.actor.email} token.revealed Billing export`]
    for (const query of [
      '?show=openings',
      '?show=token.revealed',
      `?actor=${member.actor.email}&show=tokens`,
      `?about=token:${id}&show=openings`,
      '?q=BILLING&show=openings',
      `?q=${id}&show=openings`,
      `?q=tok_org_${id}_%E2%80%A2%E2%80%A2x7Qf&show=openings`,
    ])
      expect((await see(admin, alder, query)).events.map(said), query).toEqual(opened)
    const about = await see(admin, alder, `?about=token:${id}`)
    expect(about.events.map(({ action }) => action)).toEqual(['token.revealed', 'token.created'])
    expect((await see(admin, alder)).openings).toMatchObject({ count: 1, latest: { actor: member.actor.email } })
    expect((await see(admin, alder, '?q=100%25')).events).toEqual([])
  })

  test('of time: the last so much, and from one instant to before another', async () => {
    const { admin, alder, make, pass, clock } = await desk()
    await make('Old')
    pass(8 * 24 * 60 * MINUTE)
    const between = clock().toISOString()
    pass(MINUTE)
    await make('New')
    const created = async (query: string) =>
      (await see(admin, alder, `?actor=${admin.actor.email}&show=token.created&${query}`)).events.map(
        ({ target }) => target.name,
      )
    expect(await created('period=7d')).toEqual(['New'])
    expect(await created('period=30d')).toEqual(['New', 'Old'])
    expect(await created(`from=${between}`)).toEqual(['New'])
    expect(await created(`to=${between}`)).toEqual(['Old'])
    expect(await created(`from=${clock().toISOString()}`)).toEqual(['New'])
    expect(await created(`to=${clock().toISOString()}`)).toEqual(['Old'])
    expect(await created(`from=${between}&to=2026-01-01`)).toEqual([])
  })

  test('that no link of ours has are taken as absent, or find nothing', async () => {
    const { admin, alder } = await desk()
    const finds = async (query: string) => (await see(admin, alder, `?${query}`)).events.length > 0
    for (const absent of [
      'after=nonsense',
      'after=99999999999999999999',
      'before=-1',
      'at=start',
      'below=all-of-them',
      'show=token.burnt',
      'show=toString',
      'period=1y',
      'from=yesterday&to=0000-00-00',
      'from=2026-02-31',
      'from=0001-01-01T00:00:00Z',
      'from=9999-12-31',
      'from=2999-12-31T23:59:59-14:00',
      'about=token',
      'about=token:%00',
      'actor=%00',
      'q=%00%01',
    ])
      expect(await finds(absent), absent).toBe(true)
    for (const nothing of [
      'after=1&show=openings',
      'from=2999-12-31',
      'from=2026-12-01&to=2026-11-01',
      'q=%ED%A0%80',
      'q=%25',
      'actor=nobody',
      'about=token:none',
    ])
      expect(await finds(nothing), nothing).toBe(false)
  })
})

describe('whose events', () => {
  test('an event of somebody else is no place that a page begins at, and tells nothing of when it was', async () => {
    const { admin, alder, northwind, sql } = await withEvents(3)
    const [own, foreign] = await Promise.all(
      [alder.id, northwind.id].map(async (organizationId) => {
        const [row] = await sql<{ id: string }[]>`insert into audit_events
          (at, action, organization_id, actor_name, target_type, target_id, target_name)
          values (now() + interval '1 day', 'token.revoked', ${organizationId}, 'a', 'token', 'a', 'a') returning id`
        return row?.id
      }),
    )
    expect((await see(admin, alder, `?after=${own}`)).events.length).toBeGreaterThan(0)
    for (const side of ['after', 'before']) expect((await see(admin, alder, `?${side}=${foreign}`)).events).toEqual([])
  })

  test('what was done to a device is that of its own organization', async () => {
    const { alder, northwind, person, sql } = await withEvents(0)
    const above = await person(northwind, 'admin')
    for (const organizationId of [alder.id, northwind.id])
      await sql`insert into audit_events (at, action, organization_id, actor_name, target_type, target_id, target_name)
        values (now(), 'device.renamed', ${organizationId}, 'a', 'device', 'meter-1', 'Meter')`
    expect((await see(above, northwind, '?about=device:meter-1')).events).toHaveLength(2)
    const { events } = await see(above, northwind, `?about=device:meter-1@${alder.id}`)
    expect(events.map(({ organization }) => organization?.id)).toEqual([alder.id])
  })

  test('only admins of the organization and of those above read them, of a closed one those above alone', async () => {
    const { people, at, db, sql } = await whoMayWorld()
    const wrong: string[] = []
    const tryAll = async (may: (standing: (typeof people)[number]['standing']) => boolean) => {
      const target = await loadOrganization(db, at.target)
      if (target === null) throw new Error('Target is gone')
      for (const { relation, standing, ctx } of people)
        for (const read of [see, csvOf]) {
          const did = await read(ctx, target).then(
            () => 'ok',
            (error: { code?: string }) => error.code,
          )
          if (did !== (may(standing) ? 'ok' : 'not_found')) wrong.push(`${relation}: ${did}`)
        }
    }
    await tryAll(({ role, adminAbove }) => role === 'admin' || adminAbove)
    await sql`update organizations set closed_at = now() where id = ${at.target}`
    await tryAll(({ adminAbove }) => adminAbove)
    expect(wrong).toEqual([])
  })

  test('an organization reads its own and those below, never those above or beside it', async () => {
    const { admin, alder, northwind, platform, organization, person, make } = await desk()
    const birch = await organization('Birch', northwind, 'customer')
    await make('Of Alder')
    const [above, root, beside] = [
      await person(northwind, 'admin'),
      await person(platform, 'admin'),
      await person(birch, 'admin'),
    ]
    const places = async (ctx: Context, place: Organization, query = '') =>
      [...new Set((await see(ctx, place, query)).events.map(({ organization: it }) => it?.name ?? null))].toSorted()
    expect(await places(admin, alder)).toEqual(['Alder'])
    expect(await places(beside, birch)).toEqual(['Birch'])
    expect(await places(above, northwind)).toEqual(['Alder', 'Birch', 'Northwind'])
    expect(await places(above, northwind, '?below=none')).toEqual(['Northwind'])
    expect(await places(root, platform)).toEqual(['Alder', 'Birch', 'Northwind', 'Test platform', null])
    expect(await places(root, platform, '?below=none')).toEqual(['Test platform', null])
    // Who of those above acted there is named.
    expect((await see(admin, alder, '?show=organizations')).events[0]?.actor).toBe('root@test.example')
  })

  test("a personal token is in the platform's log alone, and its name in none", async () => {
    const { admin, alder, northwind, platform, person, pass } = await desk()
    const member = await person(alder, 'member')
    const { id } = await createToken(member, { organizationId: null, name: 'Hush' })
    await editToken(member, { tokenId: id, name: 'Hush hush' })
    await revealToken(member, { tokenId: id, key: newRevealKey() })
    pass(MINUTE)
    const root = await person(platform, 'admin')
    const about = `?about=token:${id}`
    for (const [ctx, place] of [
      [admin, alder],
      [await person(northwind, 'admin'), northwind],
    ] as const)
      expect((await see(ctx, place, about)).events).toEqual([])
    const { events } = await see(root, platform, about)
    expect(events.map(said)).toEqual(
      ['token.revealed', 'token.edited', 'token.created'].map((action) => `${member.actor.email} ${action} null`),
    )
    expect(JSON.stringify(await see(root, platform))).not.toContain('Hush')
    expect(JSON.stringify(await csvOf(root, platform, about))).not.toContain('Hush')
    expect((await see(root, platform, '?q=hush')).events).toEqual([])
  })
})

describe('the export', () => {
  test('holds all that matches and nothing else, newest first, past a thousand lines', async () => {
    const { admin, alder } = await withEvents(2101)
    const [head, ...lines] = await csvOf(admin, alder, '?show=token.revoked')
    expect(head?.slice(0, 6)).toEqual(['Time', 'Actor', 'Action', 'Target type', 'Target', 'Target id'])
    expect(lines.map(([, , , , name]) => name)).toEqual(Array.from({ length: 1051 }, (_, n) => `E${2100 - 2 * n}`))
  })

  test('is in the trail itself, with how many events it took', async () => {
    const { admin, alder, make, pass } = await desk()
    await make('=Formula')
    pass(MINUTE)
    const [, ...lines] = await csvOf(admin, alder, '?q=formula')
    expect(lines.map((line) => line[4])).toEqual(["'=Formula"])
    pass(MINUTE)
    const [event] = (await see(admin, alder)).events
    expect(event).toMatchObject({ action: 'audit.exported', actor: admin.actor.email, details: ['Events: 1'] })
    // The one before, and never itself.
    expect(await csvOf(admin, alder, '?show=audit.exported')).toHaveLength(2)
  })

  test('leaves no trace where it is refused', async () => {
    const { alder, person, sql } = await desk()
    const member = await person(alder, 'member')
    await expect(csvOf(member, alder)).rejects.toEqual(refused('not_found'))
    expect(await sql`select 1 from audit_events where action = 'audit.exported'`).toHaveLength(0)
  })
})
