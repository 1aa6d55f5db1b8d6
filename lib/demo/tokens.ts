import { randomBytes } from 'node:crypto'
import type { Transaction } from '#db/client'
import { listTokensByName } from '#db/queries/token-list'
import { updateToken } from '#db/queries/tokens'
import type { Context } from '#lib/context'
import type { Acting } from '#lib/demo/acting'
import type { Sample } from '#lib/demo/organizations'
import type { Organization } from '#lib/organizations/load'
import type { PRESET_DAYS } from '#lib/tokens/choices'
import { createToken } from '#lib/tokens/create'
import { finishReveal } from '#lib/tokens/finish-reveal'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'

const MINUTE = 60_000

/**
 * Gives the sample organizations tokens in every status, by the verbs themselves under a clock in the past, so that
 * each has the trail that people would have left.
 */
export async function seedTokens(tx: Transaction, as: Acting, sample: Sample, now: Date): Promise<void> {
  const { alder, owner, member, cedar, cem } = sample
  const make = (ctx: Context, organization: Organization, name: string, days: (typeof PRESET_DAYS)[number]) =>
    createToken(ctx, { organizationId: organization.id, name, expiration: { kind: 'preset', days } })
  const reveal = async (ctx: Context, tokenId: string) => {
    await revealToken(ctx, { tokenId, key: randomBytes(16).toString('base64url') })
    await finishReveal(ctx, { tokenId })
  }
  const use = (tokenId: string, minutesAgo: number, ip: string, userAgent: string) => {
    const at = new Date(now.getTime() - minutesAgo * MINUTE)
    return updateToken(tx, tokenId, { lastUsedAt: at, lastUsedIp: ip, lastUsedUserAgent: userAgent, updatedAt: at })
  }

  const metering = await make(as(owner, alder, 'admin', 68), alder, 'Metering gateway', 365)
  await reveal(as(owner, alder, 'admin', 67), metering.id)
  await use(metering.id, 2, '203.0.113.24', 'gateway/2.4.1 linux-arm64')

  const backup = await make(as(owner, alder, 'admin', 66), alder, 'Nightly backup', 30)
  await reveal(as(member, alder, 'member', 59), backup.id)
  await use(backup.id, 30 * 1440, '198.51.100.7', 'curl/8.9.1')

  const grafana = await make(as(owner, alder, 'admin', 58), alder, 'Grafana import', 90)
  await reveal(as(member, alder, 'member', 57), grafana.id)
  await use(grafana.id, 6 * 1440 + 35, '203.0.113.80', 'Grafana/12.1')
  await revokeToken(as(owner, alder, 'admin', 6), {
    tokenId: grafana.id,
    reason: 'Dashboards moved to the new importer',
  })

  const [cedarDefault] = await listTokensByName(tx, cedar.id, 'default')
  if (cedarDefault === undefined) throw new Error('an organization is made with its Default token')
  await reveal(as(cem, cedar, 'admin', 64), cedarDefault.id)
  await use(cedarDefault.id, 190, '198.51.100.44', 'report-loader/3.2')
}
