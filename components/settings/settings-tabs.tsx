'use client'

import { useRouter } from 'next/navigation'
import { Tabs } from 'radix-ui'
import { type ReactNode, useTransition } from 'react'
import type { SettingsTab } from '#lib/settings/search'

const LABELS: Readonly<Record<SettingsTab, string>> = {
  organization: 'Organization',
  policies: 'Policies',
  tiers: 'Tiers',
  scopes: 'Scopes',
  verifiers: 'Verifiers',
}

/** The tabs of Settings, the one in sight named in the URL; `children` are what that one holds. */
export function SettingsTabs({
  path,
  tabs,
  tab,
  children,
}: {
  path: string
  tabs: readonly SettingsTab[]
  tab: SettingsTab
  children: ReactNode
}) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const show = (next: string) => startTransition(() => router.push(next === tabs[0] ? path : `${path}?tab=${next}`))
  return (
    <Tabs.Root value={tab} onValueChange={show} activationMode="manual">
      <Tabs.List
        aria-label="Settings"
        className="mb-6 flex gap-5 border-b max-sm:flex-wrap max-sm:gap-x-3 max-sm:gap-y-0"
      >
        {tabs.map((each) => (
          <Tabs.Trigger
            key={each}
            value={each}
            className="-mb-px h-10 border-transparent border-b-2 px-0.5 text-body text-soft transition-colors hover:text-text data-[state=active]:border-accent-text data-[state=active]:font-semibold data-[state=active]:text-text touch:h-11"
          >
            {LABELS[each]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value={tab} aria-busy={pending} tabIndex={-1}>
        {children}
      </Tabs.Content>
    </Tabs.Root>
  )
}
