import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AuthCard } from '#components/accounts/auth-card'
import { SetUpForm } from '#components/accounts/set-up-form'
import { findPlatformName } from '#lib/accounts/platform'
import { setUp } from './actions'

export const metadata: Metadata = { title: 'Set up Tokenry' }
export const dynamic = 'force-dynamic'

/** The first run; afterwards there is nothing here but the way to sign in. */
export default async function SetUpPage() {
  if ((await findPlatformName()) !== null) redirect('/sign-in')
  return (
    <AuthCard>
      <SetUpForm setUp={setUp} />
    </AuthCard>
  )
}
