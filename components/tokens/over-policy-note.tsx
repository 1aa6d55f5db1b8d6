import { CalendarX2 } from 'lucide-react'
import type { TokenView } from '#lib/tokens/view'

/** Beside the status of a token that was there before a policy was tightened: it goes on, and is to be known. */
export function OverPolicyNote({ token }: { token: Pick<TokenView, 'overPolicy'> }) {
  if (!token.overPolicy) return null
  return (
    <span className="inline-flex max-w-44 sm:max-w-28 items-start gap-1 text-muted text-small max-sm:justify-end max-sm:text-right">
      <CalendarX2 aria-hidden className="icon-small mt-0.5" />
      Lives longer than the policy allows
    </span>
  )
}
