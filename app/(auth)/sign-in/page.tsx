import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AuthCard } from '#components/accounts/auth-card'
import { SignInForm } from '#components/accounts/sign-in-form'
import { findPlatformName } from '#lib/accounts/platform'
import { NEWS_PARAMETER, newsOf } from '#lib/accounts/provider/view'
import { env } from '#lib/env'
import { post } from '#lib/mail/post'
import { signIn, signInByProvider } from './actions'

export const metadata: Metadata = { title: 'Sign in' }
export const dynamic = 'force-dynamic'

/** Where everybody without a session arrives; before set-up it leads there. */
export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const platformName = (await findPlatformName()) ?? redirect('/setup')
  const { next, [NEWS_PARAMETER]: ended } = await searchParams
  const provider = env().oidc?.name ?? null
  const news = provider === null ? null : newsOf(ended, provider)
  return (
    <AuthCard platformName={platformName}>
      <SignInForm
        signIn={signIn}
        signInByProvider={signInByProvider}
        provider={provider}
        news={news === null || news.good ? null : news.text}
        sendsMail={post() !== null}
        {...(typeof next === 'string' ? { next } : {})}
      />
    </AuthCard>
  )
}
