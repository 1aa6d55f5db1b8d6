import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AccountTabs } from '#components/accounts/account-tabs'
import { PersonalTokens } from '#components/accounts/personal-tokens'
import { ProfilePanel } from '#components/accounts/profile-panel'
import { SecurityPanel } from '#components/accounts/security-panel'
import { PageHeader } from '#components/shell/page-header'
import { BackToReveal } from '#components/tokens/back-to-reveal'
import { waysIn } from '#lib/accounts/provider/own-login'
import { type AccountTab, loadAccountSearch } from '#lib/accounts/search'
import { listSessions } from '#lib/accounts/session'
import { env } from '#lib/env'
import { post } from '#lib/mail/post'
import { listTokens } from '#lib/tokens/list'
import { listReach } from '#lib/tokens/reach'
import { loadTokenSearch } from '#lib/tokens/search'
import { confirmIdentity } from '../actions'
import * as tokenActions from '../o/[slug]/tokens/actions'
import { openAccount } from './account'
import * as actions from './actions'

export const metadata: Metadata = { title: 'Account settings' }

/** One's own account: who one is, the personal tokens, password and sessions. */
export default async function AccountPage({ searchParams }: PageProps<'/account'>) {
  const { tab } = await loadAccountSearch(searchParams)
  const panels: Record<AccountTab, () => Promise<ReactNode>> = {
    profile: showProfile,
    'api-token': () => showTokens(searchParams),
    security: showSecurity,
  }
  return (
    <>
      <PageHeader title="Account settings" />
      {tab !== 'api-token' && <BackToReveal />}
      <AccountTabs tab={tab}>{await panels[tab]()}</AccountTabs>
    </>
  )
}

async function showProfile() {
  const { ctx } = await openAccount()
  const organizations = ctx.organizations.map(({ slug, name, role }) => ({ slug, name, role }))
  return <ProfilePanel person={ctx.person} organizations={organizations} editProfile={actions.editProfile} />
}

async function showTokens(searchParams: PageProps<'/account'>['searchParams']) {
  const { ctx, home, options } = await openAccount()
  const search = await loadTokenSearch(searchParams)
  const [page, reach] = await Promise.all([listTokens(ctx, home, search), listReach(ctx, null)])
  return (
    <PersonalTokens
      page={page}
      search={search}
      reach={reach}
      options={options}
      actions={{ ...tokenActions, confirmIdentity }}
    />
  )
}

async function showSecurity() {
  const { ctx } = await openAccount()
  const { oidc } = env()
  const { changePassword, setPassword, linkLogin, unlinkLogin, endSession, signOutEverywhere } = actions
  return (
    <SecurityPanel
      email={ctx.person.email}
      provider={oidc?.name ?? null}
      ways={await waysIn(ctx, oidc)}
      sendsMail={post() !== null}
      sessions={await listSessions(ctx)}
      actions={{
        ...{ changePassword, setPassword, linkLogin, unlinkLogin, endSession, signOutEverywhere },
        confirmIdentity,
      }}
    />
  )
}
