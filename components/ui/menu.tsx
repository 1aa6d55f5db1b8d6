'use client'

import { Slot } from 'radix-ui'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { menuParts } from '#components/ui/dropdown-menu'
import { OUT_OF_DATE, toastFailure } from '#components/ui/failure'
import { isStillMeant } from '#components/ui/is-still-meant'

export type MenuParts = typeof menuParts

let parts: MenuParts | null = null
const loadParts = () =>
  import('#components/ui/dropdown-menu').then((loaded) => {
    parts = loaded.menuParts
    return parts
  })

/**
 * A button with a menu behind it, which is written from the parts that `children` is given. They are fetched once the page
 * stands and put in place at the first press, so that neither their weight nor their number delays a page.
 */
export function Menu({ button, children }: { button: ReactNode; children: (parts: MenuParts) => ReactNode }) {
  const [menu, setMenu] = useState<MenuParts | null>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const pressedBy = useRef<'pointer' | 'keyboard'>('pointer')

  useEffect(() => void loadParts().catch(() => undefined), [])

  // The menu is not told of the press that brought it: that is done again on its own button, which has taken the place.
  useEffect(() => {
    const own = trigger.current
    if (menu === null || own === null) return
    own.focus()
    own.dispatchEvent(
      pressedBy.current === 'keyboard'
        ? new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true })
        : new PointerEvent('pointerdown', { button: 0, bubbles: true, cancelable: true }),
    )
  }, [menu])

  const press = (by: typeof pressedBy.current) => {
    pressedBy.current = by
    if (parts !== null) return setMenu(parts)
    loadParts().then(
      (loaded) => {
        if (isStillMeant(trigger.current)) setMenu(loaded)
      },
      () => toastFailure(OUT_OF_DATE),
    )
  }
  if (menu === null)
    return (
      <Slot.Root
        ref={trigger}
        aria-haspopup="menu"
        aria-expanded={false}
        // A click that no pointer made comes from a key.
        onClick={({ detail }: MouseEvent) => press(detail === 0 ? 'keyboard' : 'pointer')}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          press('keyboard')
        }}
      >
        {button}
      </Slot.Root>
    )
  return (
    <menu.DropdownMenu>
      <menu.DropdownMenuTrigger asChild ref={trigger}>
        {button}
      </menu.DropdownMenuTrigger>
      {children(menu)}
    </menu.DropdownMenu>
  )
}
