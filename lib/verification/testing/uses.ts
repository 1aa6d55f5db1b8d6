import { describe, expect, test } from 'vitest'
import type { Opened } from '#lib/verification/testing/opened'
import { MADE_AT } from '#lib/verification/testing/world'

/** Which uses are kept, and what a first use ends. */
export function useContract(open: () => Promise<Opened>) {
  describe('last used', () => {
    const lastUse = async ({ sql }: Opened, id: string) => {
      const [row] =
        await sql`select last_used_at as at, last_used_ip as ip, last_used_user_agent as "userAgent" from tokens where id = ${id}`
      return row
    }
    const written = async (world: Opened, id: string) => {
      await expect.poll(async () => (await lastUse(world, id))?.['at'], { timeout: 10_000 }).not.toBeNull()
      return lastUse(world, id)
    }

    test("an active answer and a caller's own use are the last use, a refusal is not", async () => {
      const world = await open()
      const { ready, verify, gateway, organizations: at } = world
      const good = await ready({ organizationId: at.alder })
      const revoked = await ready({ organizationId: at.alder }, { revokedAt: MADE_AT })
      const started = new Date()
      await verify(revoked.secret)
      await verify(good.secret, { ip: '::ffff:203.0.113.7', userAgent: `curl\u0000\n\ud800 ${'x'.repeat(1_000)}` })
      const use = await written(world, good.id)
      expect(use?.['ip']).toBe('203.0.113.7')
      expect(use?.['userAgent']).toMatch(/^curl {2}\ufffd x+$/)
      expect(use?.['userAgent']).toHaveLength(256)
      expect(use?.['at'].getTime()).toBeGreaterThanOrEqual(started.getTime())
      expect(await written(world, gateway.id)).toMatchObject({ ip: '127.0.0.1', userAgent: null })
      expect(await lastUse(world, revoked.id)).toEqual({ at: null, ip: null, userAgent: null })
    })

    test("the first use of a secret ends its reveal, and no other secret's", async () => {
      const world = await open()
      const { addToken, mint, verify, sql, organizations: at } = world
      const id = await addToken({ organizationId: at.alder })
      const old = await mint(id, { retiresAt: inDays(1) })
      const current = await mint(id, { open: true })
      const openReveals = async () =>
        (await sql`select state from token_secrets where token_id = ${id} and reveal_salt is not null`).length
      await verify(old)
      await written(world, id)
      expect(await openReveals()).toBe(1)
      await verify(current)
      await expect.poll(openReveals, { timeout: 10_000 }).toBe(0)
    })
  })
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
