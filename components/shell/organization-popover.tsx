'use client'

import { useRouter } from 'next/navigation'
import { Popover } from 'radix-ui'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { OrganizationList } from '#components/shell/organization-list'
import { cn } from '#components/ui/cn'
import { menuSurface } from '#components/ui/menu-surface'

type PopoverProps = Pick<ComponentProps<typeof OrganizationList>, 'current' | 'organizations' | 'more'> & {
  align: 'start' | 'center'
  children: ReactNode
}

/** A button with the list of organizations behind it, open to begin with. */
export function OrganizationPopover({ align, children, ...choices }: PopoverProps) {
  const router = useRouter()
  const [open, setOpen] = useState(true)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild aria-haspopup="listbox">
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Switch organization"
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(menuSurface, 'w-[min(22rem,calc(100vw-1rem))] text-body')}
        >
          <OrganizationList
            {...choices}
            onChoose={({ slug }) => {
              setOpen(false)
              router.push(`/o/${slug}/tokens`)
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
