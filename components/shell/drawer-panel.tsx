'use client'

import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { Wordmark } from '#components/shell/mark'
import { Button } from '#components/ui/button'

/** What the drawer holds while it is open; `closed` runs when it is gone from sight. */
export function DrawerPanel({
  open,
  onOpenChange,
  closed,
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  closed: () => void
  children: ReactNode
}) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim data-[state=closed]:animate-scrim-out data-[state=open]:animate-scrim-in" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            closed()
          }}
          className="fixed inset-y-0 left-0 z-30 flex w-[min(280px,calc(100vw-3rem))] flex-col overflow-y-auto border-r bg-canvas px-3 pt-1.5 pb-2.5 shadow-dialog data-[state=closed]:animate-drawer-out data-[state=open]:animate-drawer-in"
        >
          <div className="mb-2 flex h-11 shrink-0 items-center justify-between pl-2">
            <Dialog.Title asChild>
              <h2>
                <Wordmark />
              </h2>
            </Dialog.Title>
            <Dialog.Close asChild>
              <Button variant="quiet" size="icon" aria-label="Close" className="size-11">
                <X />
              </Button>
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
