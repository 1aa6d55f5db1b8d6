'use client'

import { useRouter } from 'next/navigation'
import { Tabs } from 'radix-ui'
import { type ReactNode, useTransition } from 'react'

/** Tabs whose one in sight is named in the URL; `children` are what that one holds. */
export function UrlTabs<Tab extends string>({
  label,
  tabs,
  current,
  children,
}: {
  label: string
  tabs: readonly { readonly value: Tab; readonly label: ReactNode; readonly href: string }[]
  current: Tab
  children: ReactNode
}) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const show = (next: string) => {
    const href = tabs.find(({ value }) => value === next)?.href
    if (href !== undefined) startTransition(() => router.push(href))
  }
  return (
    <Tabs.Root value={current} onValueChange={show} activationMode="manual">
      <Tabs.List aria-label={label} className="mb-6 flex gap-5 border-b">
        {tabs.map((tab) => (
          <Tabs.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px h-10 border-transparent border-b-2 px-0.5 text-body text-soft transition-colors hover:text-text data-[state=active]:border-accent-text data-[state=active]:font-semibold data-[state=active]:text-text touch:h-11"
          >
            {tab.label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value={current} aria-busy={pending} tabIndex={-1}>
        {children}
      </Tabs.Content>
    </Tabs.Root>
  )
}
