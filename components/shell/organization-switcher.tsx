'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { OrganizationInitial } from '#components/organizations/organization-initial'
import { TierBadge } from '#components/organizations/tier-badge'
import { OrganizationList } from '#components/shell/organization-list'
import { cn } from '#components/ui/cn'
import { menuSurface } from '#components/ui/dropdown-menu'
import type { OrganizationChoice } from '#lib/organizations/view'

type SwitcherProps = {
  current: OrganizationChoice
  organizations: readonly OrganizationChoice[]
  more: boolean
  /** A box in the sidebar, one line in the bar of narrow screens. */
  place: 'sidebar' | 'bar'
}

/** Says whose desk this is and leads to the others; with only one organization it is no button. */
export function OrganizationSwitcher({ current, organizations, more, place }: SwitcherProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const box = cn(
    'flex min-w-0 items-center text-left',
    place === 'sidebar'
      ? 'min-h-12.5 w-full gap-2.5 rounded-control border bg-raised py-1.5 pr-2 pl-2 shadow-control dark:bg-surface'
      : 'h-11 max-w-full gap-2 rounded-control px-2',
  )
  if (organizations.length < 2 && !more)
    return (
      <div className={box}>
        <Current organization={current} place={place} />
      </div>
    )
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-haspopup="listbox"
        className={cn(box, 'transition-colors hover:bg-hover', place === 'bar' && 'hover:bg-sunken')}
      >
        <Current organization={current} place={place} />
        <span className="sr-only">Switch organization</span>
        <ChevronsUpDown className="icon-small ml-auto text-text" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Switch organization"
          align={place === 'sidebar' ? 'start' : 'center'}
          sideOffset={6}
          collisionPadding={8}
          className={cn(menuSurface, 'w-[min(22rem,calc(100vw-1rem))] text-body')}
        >
          <OrganizationList
            current={current}
            organizations={organizations}
            more={more}
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

function Current({
  organization: { name, tier },
  place,
}: { organization: OrganizationChoice } & Pick<SwitcherProps, 'place'>) {
  if (place === 'bar')
    return (
      <>
        <OrganizationInitial name={name} current className="size-6.5 text-small" />
        <bdi className="truncate font-medium">{name}</bdi>
        {tier && <TierBadge tier={tier} words="effective" className="shrink-0 bg-raised" />}
      </>
    )
  return (
    <>
      <OrganizationInitial name={name} current />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium leading-4.5">{name}</bdi>
        {tier && <TierBadge tier={tier} words="effective" plain className="text-muted leading-4" />}
      </span>
    </>
  )
}
