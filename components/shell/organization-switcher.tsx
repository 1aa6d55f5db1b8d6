'use client'

import { ChevronsUpDown } from 'lucide-react'
import { Slot } from 'radix-ui'
import { type MouseEvent, useEffect, useState } from 'react'
import { OrganizationInitial } from '#components/organizations/organization-initial'
import { TierBadge } from '#components/organizations/tier-badge'
import type { OrganizationPopover } from '#components/shell/organization-popover'
import { cn } from '#components/ui/cn'
import { OUT_OF_DATE, toastFailure } from '#components/ui/failure'
import { isStillMeant } from '#components/ui/is-still-meant'
import type { OrganizationChoice } from '#lib/organizations/view'

type SwitcherProps = {
  current: OrganizationChoice
  organizations: readonly OrganizationChoice[]
  more: boolean
  /** A box in the sidebar, one line in the bar of narrow screens. */
  place: 'sidebar' | 'bar'
}

// Fetched once the page stands: behind a press.
const loadList = () =>
  import('#components/shell/organization-popover').then(({ OrganizationPopover }) => OrganizationPopover)

/** Says whose desk this is and leads to the others; with only one organization it is no button. */
export function OrganizationSwitcher({ current, organizations, more, place }: SwitcherProps) {
  const [List, setList] = useState<typeof OrganizationPopover | null>(null)
  const isButton = organizations.length > 1 || more
  useEffect(() => {
    if (isButton) void loadList().catch(() => undefined)
  }, [isButton])
  const open = ({ currentTarget }: MouseEvent) =>
    loadList().then(
      (loaded) => {
        if (isStillMeant(currentTarget)) setList(() => loaded)
      },
      () => toastFailure(OUT_OF_DATE),
    )
  const box = cn(
    'flex min-w-0 items-center text-left',
    place === 'sidebar'
      ? 'min-h-12.5 w-full gap-2.5 rounded-control border bg-raised py-1.5 pr-2 pl-2 shadow-control dark:bg-surface'
      : 'h-11 max-w-full gap-2 rounded-control px-2',
  )
  if (!isButton)
    return (
      <div className={box}>
        <Current organization={current} place={place} />
      </div>
    )
  const button = (
    <button
      type="button"
      aria-haspopup="listbox"
      className={cn(box, 'transition-colors hover:bg-hover', place === 'bar' && 'hover:bg-sunken')}
    >
      <Current organization={current} place={place} />
      <span className="sr-only">Switch organization</span>
      <ChevronsUpDown className="icon-small ml-auto text-text" />
    </button>
  )
  if (List === null)
    return (
      <Slot.Root aria-expanded={false} onClick={open}>
        {button}
      </Slot.Root>
    )
  return (
    <List current={current} organizations={organizations} more={more} align={place === 'sidebar' ? 'start' : 'center'}>
      {button}
    </List>
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
