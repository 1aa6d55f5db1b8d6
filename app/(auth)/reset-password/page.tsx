import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AuthCard } from '#components/accounts/auth-card'
import { ResetPassword } from '#components/accounts/reset-password'
import { findPlatformName } from '#lib/accounts/platform'
import { post } from '#lib/mail/post'
import { requestPasswordReset, resetPassword } from './actions'

export const metadata: Metadata = { title: 'Reset password' }
export const dynamic = 'force-dynamic'

/** Where one asks for a link to set a new password, and where that link leads. */
export default async function ResetPasswordPage() {
  const platformName = (await findPlatformName()) ?? redirect('/setup')
  return (
    <AuthCard platformName={platformName}>
      <ResetPassword
        sendsMail={post() !== null}
        requestPasswordReset={requestPasswordReset}
        resetPassword={resetPassword}
      />
    </AuthCard>
  )
}
