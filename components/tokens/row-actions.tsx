'use client'

import { Eye, Trash2 } from 'lucide-react'
import { useTokenCommands } from '#components/tokens/token-dialogs'
import { TokenMenu } from '#components/tokens/token-menu'
import { Button } from '#components/ui/button'
import type { TokenView } from '#lib/tokens/view'

// Quiet until the row is pointed at or has the focus; where nothing can hover, always there.
const QUIET =
  'opacity-0 group-hover/row:opacity-100 group-focus-within/row:opacity-100 has-[[aria-expanded=true]]:opacity-100 pointer-coarse:opacity-100 max-sm:opacity-100'

/** At the end of a row: the eye and the bin where they apply, and the menu, always. */
export function RowActions({ token }: { token: TokenView }) {
  const { ask } = useTokenCommands()
  return (
    <div className="flex justify-end gap-0.5">
      {token.actions.includes('reveal') && (
        <Button
          variant="quiet"
          size="icon"
          className={QUIET}
          aria-label={`Reveal ${token.name}`}
          onClick={(event) => ask('reveal', token, event.currentTarget)}
        >
          <Eye aria-hidden />
        </Button>
      )}
      {token.actions.includes('delete') && (
        <Button
          variant="quiet"
          size="icon"
          className={QUIET}
          aria-label={`Delete ${token.name}`}
          onClick={(event) => ask('delete', token, event.currentTarget)}
        >
          <Trash2 aria-hidden />
        </Button>
      )}
      <TokenMenu token={token} />
    </div>
  )
}
