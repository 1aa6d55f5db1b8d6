import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AuthCard } from '#components/accounts/auth-card'
import { AcceptInvitation } from '#components/invitations/accept-invitation'
import { NowProvider } from '#components/time/now'
import { findPlatformName } from '#lib/accounts/platform'
import { findActor } from '#lib/actor'
import { systemClock } from '#lib/clock'
import { signOut } from '../../(desk)/actions'
import * as actions from './actions'

export const metadata: Metadata = { title: 'Accept invitation' }
export const dynamic = 'force-dynamic'

/** Where the link of an invitation leads; without one it says so. */
export default async function InvitePage() {
  const platformName = (await findPlatformName()) ?? redirect('/setup')
  const ctx = await findActor()
  return (
    <AuthCard platformName={platformName}>
      <NowProvider now={systemClock()}>
        <AcceptInvitation signedInAs={ctx?.person.email ?? null} actions={{ ...actions, signOut }} />
      </NowProvider>
    </AuthCard>
  )
}
