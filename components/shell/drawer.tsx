'use client'

import { Menu } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { type ReactNode, useRef, useState } from 'react'
import type { DrawerPanel } from '#components/shell/drawer-panel'
import { Button } from '#components/ui/button'

/** The sidebar of narrow screens, behind a menu button; it closes when a page is chosen. Wide ones never fetch it. */
export function Drawer({ children }: { children: ReactNode }) {
  const path = usePathname()
  const [openAt, setOpenAt] = useState<string | null>(null)
  const [Panel, setPanel] = useState<typeof DrawerPanel | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const open = openAt === path

  const show = async () => {
    if (Panel === null) {
      const loaded = await import('#components/shell/drawer-panel').catch(() => null)
      // A page of an older build: its pieces are gone, and a reload brings the new ones.
      if (loaded === null) return window.location.reload()
      setPanel(() => loaded.DrawerPanel)
    }
    setOpenAt(path)
  }

  return (
    <>
      <Button
        ref={button}
        variant="quiet"
        size="icon"
        aria-label="Menu"
        aria-haspopup="dialog"
        aria-expanded={open}
        className="size-11"
        onClick={show}
      >
        <Menu className="size-5" />
      </Button>
      {Panel !== null && (
        <Panel
          open={open}
          onOpenChange={(next) => setOpenAt(next ? path : null)}
          closed={() => button.current?.focus()}
        >
          {children}
        </Panel>
      )}
    </>
  )
}
