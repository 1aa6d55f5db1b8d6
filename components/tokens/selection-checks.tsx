'use client'

import { CircleAlert } from 'lucide-react'
import { useSelection } from '#components/tokens/selection'
import { Checkbox } from '#components/ui/checkbox'
import type { TokenView } from '#lib/tokens/view'

/** The id of a token's tick box. */
export const tickId = (tokenId: string) => `token-tick-${tokenId}`

/** Ticks a token, or takes its tick away. */
export function TickToken({ token }: { token: TokenView }) {
  const { ticked, tick } = useSelection()
  return (
    <Checkbox
      id={tickId(token.id)}
      aria-label={`Select ${token.name}`}
      checked={ticked.has(token.id)}
      onCheckedChange={(on) => tick([token], on)}
    />
  )
}

/** Ticks all on the page; a dash where only some of them are. */
export function TickPage() {
  const { ticked, page, tick } = useSelection()
  const here = page.filter(({ id }) => ticked.has(id)).length
  return (
    <Checkbox
      aria-label="Select all on this page"
      checked={here > 0 && (here === page.length || 'indeterminate')}
      onCheckedChange={() => tick(page, here < page.length)}
    />
  )
}

/** Why a ticked token was left out of what was done to several. */
export function Refusal({ token: { id } }: { token: TokenView }) {
  const refusal = useSelection().ticked.get(id)?.refusal
  if (refusal === undefined || refusal === null) return null
  return (
    <span className="mt-0.5 flex gap-1.5 text-danger-text text-small">
      <CircleAlert aria-hidden className="icon-small mt-0.5" />
      {refusal}
    </span>
  )
}
