'use client'

import { Menu, X } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { Wordmark } from '#components/shell/mark'
import { Button } from '#components/ui/button'

/** The sidebar of narrow screens, behind a menu button; it closes when a page is chosen. */
export function Drawer({ children }: { children: ReactNode }) {
  const path = usePathname()
  const [openAt, setOpenAt] = useState<string | null>(null)
  return (
    <Dialog.Root open={openAt === path} onOpenChange={(open) => setOpenAt(open ? path : null)}>
      <Dialog.Trigger asChild>
        <Button variant="quiet" size="icon" aria-label="Menu" className="size-11">
          <Menu className="size-5" />
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim data-[state=closed]:animate-scrim-out data-[state=open]:animate-scrim-in" />
        <Dialog.Content
          aria-describedby={undefined}
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
