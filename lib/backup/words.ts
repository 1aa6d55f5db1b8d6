import type { Prospect } from '#db/backup/restore'
import type { Since } from '#db/backup/since'

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
export function describeProspect({ head, rows, holds, since }: Prospect): string {
  const lines = [`The backup of ${head.madeAt}, by Tokenry ${head.version}: ${describeRows(rows)}.`]
  if (holds !== null)
    lines.push(
      `It takes the place of ${counted(holds.organizations, 'organization')}, ${counted(holds.users, 'user')} and ` +
        `${counted(holds.tokens, 'token')} in the database, which are gone afterwards.`,
    )
  lines.push('Whatever came after it is undone: members removed, passwords changed and organizations suspended, too.')
  return [...lines, ...(since === null ? UNKNOWN : describeSince(since))].join('\n')
}

const UNKNOWN = [
  'Tokens revoked or deleted since work again; secrets minted since do not. Which ones only the old database knows:',
  'add --compare <its URL> if it still answers, and --revoke-again to have them revoked here.',
]

function describeSince({ undone, minted }: Since): string[] {
  const lines: string[] = []
  if (undone.length === 0) lines.push('No token was revoked, deleted or rotated since.')
  else {
    lines.push('Tokens that were revoked, deleted or rotated since, whose secrets of then work again:')
    for (const { tokenId, what, at, name, owner } of undone)
      lines.push(`  ${at.toISOString()}  ${what}  ${tokenId}  ${name ?? 'a personal token'}, of ${owner}`)
  }
  if (minted > 0)
    lines.push(`${counted(minted, 'token has a secret', 'tokens have a secret')} minted since, which will not work.`)
  return lines
}

/** How many tokens could be revoked again. */
export const revocable = (since: Since | null) => since?.undone.filter(({ what }) => what !== 'rotated').length ?? 0
