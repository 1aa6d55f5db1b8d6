'use client'

import type { ReactNode } from 'react'
import { UrlTabs } from '#components/ui/url-tabs'
import { ACCOUNT_TABS, type AccountTab } from '#lib/accounts/search'

const LABELS: Record<AccountTab, string> = { profile: 'Profile', 'api-token': 'API token', security: 'Security' }

const TABS = ACCOUNT_TABS.map((value) => ({
  value,
  label: LABELS[value],
  href: value === 'profile' ? '/account' : `/account?tab=${value}`,
}))

/** The tabs of Account settings; `children` are what the one in sight holds. */
export const AccountTabs = ({ tab, children }: { tab: AccountTab; children: ReactNode }) => (
  <UrlTabs label="Account settings" tabs={TABS} current={tab}>
    {children}
  </UrlTabs>
)
