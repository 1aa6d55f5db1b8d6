import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AuthCard } from '#components/accounts/auth-card'
import { AcceptInvitation } from '#components/invitations/accept-invitation'
import { NowProvider } from '#components/time/now'
import { findPlatformName } from '#lib/accounts/platform'
import { NEWS_PARAMETER, newsOf } from '#lib/accounts/provider/view'
import { findActor } from '#lib/actor'
import { systemClock } from '#lib/clock'
import { env } from '#lib/env'
import { signOut } from '../../(desk)/actions'
import * as actions from './actions'

export const metadata: Metadata = { title: 'Accept invitation' }
export const dynamic = 'force-dynamic'

/** Where the link of an invitation leads; without one it says so. */
export default async function InvitePage({ searchParams }: PageProps<'/invite'>) {
  const platformName = (await findPlatformName()) ?? redirect('/setup')
  const ctx = await findActor()
  const provider = env().oidc?.name ?? null
  const news = provider === null ? null : newsOf((await searchParams)[NEWS_PARAMETER], provider)
  return (
    <AuthCard platformName={platformName}>
      <NowProvider now={systemClock()}>
        <AcceptInvitation
          signedInAs={ctx?.person.email ?? null}
          provider={provider}
          news={news === null || news.good ? null : news.text}
          actions={{ ...actions, signOut }}
        />
      </NowProvider>
    </AuthCard>
  )
}
