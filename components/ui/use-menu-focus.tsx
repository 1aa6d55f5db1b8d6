'use client'

import { useRef } from 'react'

/**
 * Where the focus goes when a menu closes: back to its button, unless a dialog that opens takes it, which gives it back by
 * itself, or a press elsewhere has. `leave` says that one opens.
 */
export function useMenuFocus() {
  const trigger = useRef<HTMLButtonElement>(null)
  const leaving = useRef(false)
  return {
    trigger,
    leave: () => {
      leaving.current = true
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault()
      if (!leaving.current && document.activeElement === document.body) trigger.current?.focus()
      leaving.current = false
    },
  }
}
