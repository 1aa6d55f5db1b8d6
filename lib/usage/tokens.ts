import { listUsedTokenNames, type UsedTokenRow } from '#db/queries/usage-read'
import { seeUsage, type UsageContext } from '#lib/usage/see'
import type { UsedToken } from '#lib/usage/view'

const TOGETHER = new Map([
  ['personal', 'Personal tokens'],
  ['above', 'Tokens of organizations above'],
])

/**
 * What the groups of an organization's usage by token are called, tokens that were deleted too; ids that are none of its
 * tokens are left out.
 * @throws DomainError `not_found`
 */
export async function namesOfTokens(
  ctx: UsageContext,
  organizationId: string,
  groups: readonly string[],
): Promise<ReadonlyMap<string, UsedToken>> {
  await seeUsage(ctx, organizationId, 'token')
  return nameTokens(groups, await listUsedTokenNames(ctx.db, organizationId, groups))
}

/** The names of those groups, with what the query knows of the tokens among them. */
export function nameTokens(groups: readonly string[], rows: readonly UsedTokenRow[]): Map<string, UsedToken> {
  const names = new Map(rows.map(({ id, name, deleted }) => [id, { name, gone: deleted }]))
  for (const group of groups) {
    const name = TOGETHER.get(group)
    if (name !== undefined) names.set(group, { name, gone: true })
  }
  return names
}
