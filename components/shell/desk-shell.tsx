import type { ReactNode } from 'react'
import { UsageBar, usageWords } from '#components/organizations/usage-bar'
import { Drawer } from '#components/shell/drawer'
import { Wordmark } from '#components/shell/mark'
import { type NavItem, NavList } from '#components/shell/nav-list'
import { OrganizationSwitcher } from '#components/shell/organization-switcher'
import { type Person, PersonMenu } from '#components/shell/person-menu'
import { SkipLink } from '#components/shell/skip-link'
import type { OrganizationChoice } from '#lib/organizations/view'
import type { Action } from '#lib/result'

type DeskShellProps = {
  /** The organization whose desk this is; null for somebody who is a member of none. */
  organization: OrganizationChoice | null
  /** Those that the person is a member of, in the order of their tree, and this one. */
  organizations: readonly OrganizationChoice[]
  /** Whether there may be more below them, to be searched for. */
  more: boolean
  nav: readonly NavItem[]
  /** Active organization and service tokens; `limit` null: none. */
  usage: { readonly used: number; readonly limit: number | null } | null
  person: Person
  signOut: Action<null, { redirectTo: string }>
  children: ReactNode
}

/** The frame around every page of the desk: sidebar and sheet from 1024 px, a bar with a drawer below. */
export function DeskShell({
  organization,
  organizations,
  more,
  nav,
  usage,
  person,
  signOut,
  children,
}: DeskShellProps) {
  const foot = (
    <>
      {usage && <TokenUsage {...usage} />}
      <PersonMenu person={person} signOut={signOut} />
    </>
  )
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[236px_minmax(0,1fr)] print:block">
      <SkipLink />
      <aside
        aria-label="Sidebar"
        className="sticky top-0 z-20 hidden h-dvh flex-col overflow-y-auto px-3 pt-4 pb-2 lg:flex print:hidden"
      >
        <Wordmark className="ml-2 h-6 shrink-0" />
        <div className="mt-2.5">
          {organization && (
            <OrganizationSwitcher current={organization} organizations={organizations} more={more} place="sidebar" />
          )}
        </div>
        <NavList items={nav} className="mt-4 flex-1" />
        {foot}
      </aside>
      <header className="sticky top-0 z-20 flex h-14 items-center border-b bg-canvas px-2 lg:hidden print:hidden">
        <Drawer>
          <NavList items={nav} className="flex-1" />
          {foot}
        </Drawer>
        <div className="flex min-w-0 flex-1 justify-center pr-11">
          {organization && (
            <OrganizationSwitcher current={organization} organizations={organizations} more={more} place="bar" />
          )}
        </div>
      </header>
      <div className="bg-surface max-lg:min-h-[calc(100dvh-3.5rem)] lg:my-2 lg:mr-2 lg:min-h-[calc(100dvh-1rem)] lg:rounded-sheet lg:border lg:shadow-control">
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[1352px] px-4 py-4.5 sm:px-9 sm:py-7">
          {children}
        </main>
      </div>
    </div>
  )
}

function TokenUsage({ used, limit }: { used: number; limit: number | null }) {
  return (
    <div className="px-2.5 pt-6 pb-4">
      <p className="flex items-baseline justify-between text-muted text-small">
        Active tokens <span className="font-semibold text-text">{usageWords(used, limit)}</span>
      </p>
      <UsageBar used={used} limit={limit} className="mt-3.5 flex" />
    </div>
  )
}
