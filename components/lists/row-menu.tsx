'use client'

import { Ellipsis, type LucideIcon } from 'lucide-react'
import { Fragment } from 'react'
import { menuButtonId } from '#components/tokens/focus-after-dialog'
import { Button } from '#components/ui/button'
import { Menu } from '#components/ui/menu'
import { useMenuFocus } from '#components/ui/use-menu-focus'

export type RowMenuItem = {
  readonly label: string
  readonly Icon: LucideIcon
  /** `from` is the menu's button, for the focus to come back to. */
  readonly onSelect: (from: HTMLElement | null) => void
  /** It opens a dialog, which takes the focus. */
  readonly asks?: boolean
  /** It ends something: it stands last, after a line. */
  readonly ends?: boolean
}

/** The menu "Actions for <name>" of a row; nothing where nothing applies. */
export function RowMenu({ id, name, items }: { id: string; name: string; items: readonly RowMenuItem[] }) {
  const { trigger, leave, onCloseAutoFocus } = useMenuFocus()
  const firstEnding = items.findIndex(({ ends }) => ends)
  if (items.length === 0) return null
  return (
    <Menu
      button={
        <Button ref={trigger} id={menuButtonId(id)} variant="quiet" size="icon" aria-label={`Actions for ${name}`}>
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      {({ DropdownMenuContent, DropdownMenuItem, DropdownMenuSeparator }) => (
        <DropdownMenuContent onCloseAutoFocus={onCloseAutoFocus}>
          {items.map(({ label, Icon, onSelect, asks = false }, index) => (
            <Fragment key={label}>
              {index === firstEnding && index > 0 && <DropdownMenuSeparator />}
              <DropdownMenuItem
                onSelect={() => {
                  if (asks) leave()
                  onSelect(trigger.current)
                }}
              >
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
