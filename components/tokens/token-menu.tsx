'use client'

import { Ban, Copy, Ellipsis, Eye, Pencil, RefreshCw, Trash2, Undo2 } from 'lucide-react'
import { Fragment } from 'react'
import { menuButtonId } from '#components/tokens/focus-after-dialog'
import { AskLink } from '#components/tokens/limit-notice'
import { successOf } from '#components/tokens/messages'
import { useTokenCommands } from '#components/tokens/token-dialogs'
import { Button } from '#components/ui/button'
import { toastFailure } from '#components/ui/failure'
import { Menu } from '#components/ui/menu'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import { useMenuFocus } from '#components/ui/use-menu-focus'
import type { TokenActionName, TokenView } from '#lib/tokens/view'

const ITEMS = [
  { name: 'reveal', label: 'Reveal', Icon: Eye },
  { name: 'copy', label: 'Copy', Icon: Copy },
  { name: 'edit', label: 'Edit', Icon: Pencil },
  { name: 'rotate', label: 'Rotate', Icon: RefreshCw },
  { name: 'restore', label: 'Restore', Icon: Undo2 },
  { name: 'revoke', label: 'Revoke', Icon: Ban },
  { name: 'delete', label: 'Delete', Icon: Trash2 },
] as const satisfies readonly { name: TokenActionName; label: string; Icon: typeof Eye }[]

/** The menu "Actions for <name>": what applies to a token, Revoke and Delete last, after a line. `edged` draws it as a button. */
export function TokenMenu({ token, edged = false }: { token: TokenView; edged?: boolean }) {
  const { ask, restoreToken, whomToAsk } = useTokenCommands()
  const restore = useAction(restoreToken)
  const { trigger, leave, onCloseAutoFocus } = useMenuFocus()
  const items = ITEMS.filter(({ name }) => token.actions.includes(name))
  const firstEnding = items.findIndex(({ name }) => name === 'revoke' || name === 'delete')
  if (items.length === 0) return null

  const choose = async (name: (typeof ITEMS)[number]['name']) => {
    if (name !== 'restore') {
      leave()
      return ask(name, token, trigger.current)
    }
    const result = await restore.run({ tokenId: token.id })
    if (result.ok) toastDone(successOf(token, 'restored'))
    else toastFailure(result, result.code === 'token_limit' && whomToAsk && <AskLink ask={whomToAsk} />)
  }

  return (
    <Menu
      button={
        <Button
          ref={trigger}
          id={menuButtonId(token.id)}
          variant={edged ? 'secondary' : 'quiet'}
          size="icon"
          className={edged ? 'size-8.5' : undefined}
          aria-label={`Actions for ${token.name}`}
        >
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      {({ DropdownMenuContent, DropdownMenuItem, DropdownMenuLabel, DropdownMenuSeparator }) => (
        <DropdownMenuContent onCloseAutoFocus={onCloseAutoFocus}>
          {token.status === 'active' && token.tail === null && <DropdownMenuLabel>Not revealed yet</DropdownMenuLabel>}
          {token.status === 'active' && token.rotation !== null && (
            <DropdownMenuLabel>New secret not revealed yet</DropdownMenuLabel>
          )}
          {items.map(({ name, label, Icon }, index) => (
            <Fragment key={name}>
              {index === firstEnding && index > 0 && <DropdownMenuSeparator />}
              <DropdownMenuItem onSelect={() => choose(name)}>
                <Icon aria-hidden />
                {label}
              </DropdownMenuItem>
            </Fragment>
          ))}
        </DropdownMenuContent>
      )}
    </Menu>
  )
}
