'use client'

import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react'
import { Dialog, DialogContent } from '#components/ui/dialog'

type Guard = () => boolean

const Guards = createContext<{ current: Guard | null }>({ current: null })

/**
 * Has what a dialog shows decide on each wish to close it (Escape, the X, a press outside, a DialogClose): `mayClose`
 * does what is to be done then and says whether it closes.
 */
export function useCloseGuard(mayClose: Guard) {
  const guards = useContext(Guards)
  useEffect(() => {
    guards.current = mayClose
    return () => {
      guards.current = null
    }
  })
}

/** The one dialog of a screen: what it shows changes without it closing. `closed` runs when it is gone from sight. */
export function DialogFrame({
  open,
  width,
  onClose,
  closed,
  children,
}: {
  open: boolean
  width: 'default' | 'narrow'
  onClose: () => void
  closed: () => void
  children: ReactNode
}) {
  const guard = useRef<Guard | null>(null)
  return (
    <Guards value={guard}>
      <Dialog
        open={open}
        onOpenChange={(next) => {
          if (!next && (guard.current?.() ?? true)) onClose()
        }}
      >
        <DialogContent
          width={width}
          onCloseAutoFocus={(event) => {
            // Where the focus goes is decided by what happened to the row it came from.
            event.preventDefault()
            closed()
          }}
        >
          {children}
        </DialogContent>
      </Dialog>
    </Guards>
  )
}
