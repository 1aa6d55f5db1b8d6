'use client'

import { TriangleAlert } from 'lucide-react'
import { Age, useIsOlderThanAYear } from '#components/time/age'
import { UntilExact } from '#components/time/deadline'
import { useClock } from '#components/time/now'
import { Tail } from '#components/tokens/tail'
import { cn } from '#components/ui/cn'
import { Notice } from '#components/ui/notice'
import { Tip } from '#components/ui/tip'
import type { TokenView } from '#lib/tokens/view'

type Secrets = Pick<TokenView, 'status' | 'tail' | 'mintedAt' | 'rotation' | 'retiring' | 'actions'>

/** Whether a secret of the token retires and still works: by the page's own clock, so that none seems to work too long. */
export const useRetiring = ({ retiring }: Pick<TokenView, 'retiring'>) =>
  useClock((now) => retiring !== null && retiring.until > now) ? retiring : null

/** Whether a token that is in force has a secret older than a year. */
export const useIsOverdue = ({ status, mintedAt }: Pick<TokenView, 'status' | 'mintedAt'>) =>
  useIsOlderThanAYear(status === 'active' ? mintedAt : null)

/** How old the secrets are, for the tip on the strip: "Secret from 3 months ago". */
export function SecretAges({ token }: { token: Secrets }) {
  const retiring = useRetiring(token)
  const overdue = useIsOverdue(token)
  if (token.mintedAt === null) return null
  return (
    <>
      <span className="block">
        Secret from <Age of={token.mintedAt} />
        {overdue && `. ${adviceOn(token)}`}
      </span>
      {retiring && (
        <span className="block">
          Old secret <Tail of={retiring.tail} /> from <Age of={retiring.mintedAt} />, works{' '}
          <UntilExact at={retiring.until} />
        </span>
      )}
    </>
  )
}

/** In a row, what stands without being asked for: that the secret is older than a year. */
export function OverdueMark({ token }: { token: Secrets }) {
  const overdue = useIsOverdue(token)
  if (!overdue || token.mintedAt === null) return null
  return (
    <Tip tip={adviceOn(token)} className="mt-0.5 flex w-fit">
      <span
        className={cn(
          'inline-flex h-5.5 items-center gap-1 whitespace-nowrap rounded-status bg-notice-soft pr-2 pl-1.5',
          'font-medium text-notice-text text-small forced-colors:border',
        )}
      >
        <TriangleAlert aria-hidden className="icon-small" />
        Secret over a year old
      </span>
    </Tip>
  )
}

/** The same on the token's page, as a sentence. */
export function OverdueNotice({ token, className }: { token: Secrets; className: string }) {
  const overdue = useIsOverdue(token)
  if (!overdue || token.mintedAt === null) return null
  return (
    <Notice className={className}>
      Its secret is from <Age of={token.mintedAt} />. {adviceOn(token)}
    </Notice>
  )
}

function adviceOn({ rotation, actions }: Secrets): string {
  if (rotation !== null) return 'A rotation waits: reveal the new secret to replace it.'
  if (actions.includes('rotate')) return 'Rotate it: with an overlap both secrets work until you have switched.'
  return 'Ask an admin to rotate it.'
}
