'use client'

import type { ReactNode } from 'react'
import { UrlTabs } from '#components/ui/url-tabs'
import { PEOPLE_TABS, type PeopleTab } from '#lib/members/search'

const LABELS: Record<PeopleTab, string> = { members: 'Members', 'api-users': 'API users' }

/** Where each tab of Members stands. */
export const tabPath = (path: string, tab: PeopleTab) => (tab === 'members' ? path : `${path}?tab=${tab}`)

/** The tabs of Members; `children` are what the one in sight holds. */
export const PeopleTabs = ({ path, tab, children }: { path: string; tab: PeopleTab; children: ReactNode }) => (
  <UrlTabs
    label="Members"
    tabs={PEOPLE_TABS.map((value) => ({ value, label: LABELS[value], href: tabPath(path, value) }))}
    current={tab}
  >
    {children}
  </UrlTabs>
)
