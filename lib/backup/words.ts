import type { Outlook } from '#lib/backup/restore'
import type { Undone } from '#lib/backup/undone'
import type { Wider } from '#lib/backup/wider'

const number = (count: number) => count.toLocaleString('en')

const counted = (count: number, one: string, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`

/** What a backup holds, in words, by the counts of its rows. */
export function describeRows(rows: Readonly<Record<string, number>>): string {
  const of = (table: string) => rows[table] ?? 0
  return [
    counted(of('organizations'), 'organization'),
    counted(of('users'), 'user'),
    counted(of('tokens'), 'token'),
    counted(of('audit_events'), 'audit event'),
  ].join(', ')
}

/** What a restore is about to do, for the person who decides: what it replaces and what it makes undone, token by token. */
export function describeOutlook({ head, rows, holds, since, undone, wider }: Outlook): string {
  const lines = [`The backup of ${head.madeAt}, by Tokenry ${head.version}: ${describeRows(rows)}.`]
  if (holds !== null)
    lines.push(
      `It takes the place of ${counted(holds.organizations, 'organization')}, ${counted(holds.users, 'user')} and ` +
        `${counted(holds.tokens, 'token')} in the database, which are gone afterwards.`,
    )
  lines.push('Whatever came after it is undone: members removed, passwords changed and organizations suspended, too.')
  return [
    ...lines,
    ...(since === null || undone === null || wider === null ? UNKNOWN : describeSince(undone, wider, since.minted)),
  ].join('\n')
}

const UNKNOWN = [
  'Tokens revoked or deleted since work again, narrowed ones are wide again; secrets minted since do not work. Which ones only the old database knows:',
  'add --compare <its URL> if it still answers, and --revoke-again to have them revoked here, those with a new secret too.',
]

function describeSince(undone: readonly Undone[], wider: readonly Wider[], minted: number): string[] {
  const working = undone.filter(({ works }) => works)
  const unrevealed = undone.filter(({ works }) => !works)
  const lines: string[] = []
  if (working.length === 0) lines.push('No secret works again that was revoked, deleted or rotated since.')
  else lines.push('Tokens that were revoked, deleted or rotated since, whose secrets of then work again:')
  lines.push(...working.map(lineOf))
  if (unrevealed.length > 0)
    lines.push('Tokens that were revoked or deleted since and had no secret then, which can be revealed again:')
  lines.push(...unrevealed.map(lineOf))
  if (wider.length > 0)
    lines.push('Tokens that were narrowed since, whose wider rights of then count again; edit them after the restore:')
  for (const { changes, ...token } of wider)
    lines.push(`  ${named(token)}: ${changes.map(({ field, from, to }) => `${field}: ${from} → ${to}`).join('; ')}`)
  if (minted > 0)
    lines.push(`${counted(minted, 'token has a secret', 'tokens have a secret')} minted since, which will not work.`)
  return lines
}

const lineOf = ({ at, what, revocable, ...token }: Undone) =>
  `  ${at.toISOString()}  ${what}  ${named(token)}${revocable ? '' : ', which still worked beside the new one: it is not revoked again'}`

const named = ({ tokenId, name, owner }: Pick<Undone, 'tokenId' | 'name' | 'owner'>) =>
  `${tokenId}  ${name ?? 'a personal token'}, of ${owner}`
