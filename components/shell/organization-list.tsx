'use client'

import { Check } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { OrganizationInitial } from '#components/organizations/organization-initial'
import { TierBadge } from '#components/organizations/tier-badge'
import { useOrganizationSearch } from '#components/shell/use-organization-search'
import { cn } from '#components/ui/cn'
import { SearchField } from '#components/ui/search-field'
import type { OrganizationChoice } from '#lib/organizations/view'

const KINDS = { platform: 'Platform', reseller: 'Reseller', customer: 'Customer' }
const SEARCH_ABOVE = 7

type OrganizationListProps = {
  current: OrganizationChoice
  organizations: readonly OrganizationChoice[]
  /** There may be more below these: they are searched for on the server. */
  more: boolean
  onChoose: (organization: OrganizationChoice) => void
}

/** The organizations as a list box: arrow keys, Home, End and Enter; a search field where there are many. */
export function OrganizationList({ current, organizations, more, onChoose }: OrganizationListProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [activeSlug, setActiveSlug] = useState(current.slug)

  const wanted = query.trim().toLocaleLowerCase()
  const own = organizations.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
  const { found, failed } = useOrganizationSearch(more, wanted)
  const matches = [...own, ...found.filter(({ slug }) => !own.some((each) => each.slug === slug))]
  const active = matches.find(({ slug }) => slug === activeSlug) ?? matches[0]
  const optionId = (slug: string) => `${id}${slug}`
  const searchable = more || organizations.length > SEARCH_ABOVE

  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (!active) return
    const at = matches.indexOf(active)
    const target = {
      ArrowDown: matches[Math.min(at + 1, matches.length - 1)],
      ArrowUp: matches[Math.max(at - 1, 0)],
      Home: matches[0],
      End: matches.at(-1),
    }[event.key]
    if (event.key === 'Enter') onChoose(active)
    else if (target) setActiveSlug(target.slug)
    else return
    event.preventDefault()
  }

  const options = (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="Organizations"
      className="max-h-[min(26rem,60dvh)] overflow-y-auto rounded-control outline-offset-[-2px]"
      {...(searchable ? {} : { tabIndex: 0, onKeyDown, 'aria-activedescendant': active && optionId(active.slug) })}
    >
      {matches.map((organization) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys arrive at what owns aria-activedescendant
        <div
          key={organization.slug}
          id={optionId(organization.slug)}
          role="option"
          aria-selected={organization.slug === current.slug}
          data-active={organization === active || undefined}
          onClick={() => onChoose(organization)}
          onPointerMove={() => setActiveSlug(organization.slug)}
          className={cn(
            'flex min-h-11 cursor-pointer items-center gap-2.5 rounded-control px-2 py-1.5',
            organization === active && 'bg-sunken forced-colors:border',
          )}
          style={{ paddingInlineStart: `${8 + organization.depth * 16}px` }}
        >
          <OrganizationInitial
            name={organization.name}
            current={organization.slug === current.slug}
            className={cn(
              'size-6.5 text-small',
              organization === active && organization.slug !== current.slug && 'bg-raised',
            )}
          />
          <span className="min-w-0 flex-1">
            <bdi className="block truncate font-medium">{organization.name}</bdi>
            <span className="block text-muted text-small">{KINDS[organization.kind]}</span>
          </span>
          {organization.tier && <TierBadge tier={organization.tier} words="effective" className="shrink-0 bg-raised" />}
          <Check className={cn('text-accent-text', organization.slug !== current.slug && 'invisible')} />
        </div>
      ))}
    </div>
  )
  if (!searchable) return options
  return (
    <>
      <SearchField
        role="combobox"
        aria-label="Search organizations"
        placeholder="Search organizations"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={id}
        aria-activedescendant={active && optionId(active.slug)}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
        className="mb-1"
      />
      {options}
      <p role="status" className={cn('text-soft', (failed || matches.length === 0) && 'px-2.5 py-3')}>
        {failed
          ? 'No answer from the server. Check the connection and try again.'
          : matches.length === 0 && `No organization matches “${query.trim()}”.`}
      </p>
    </>
  )
}
