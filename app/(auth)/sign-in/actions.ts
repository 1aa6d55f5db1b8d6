'use server'

import { CredentialsSignin } from 'next-auth'
import { SignInByProviderInput, SignInInput } from '#lib/accounts/schema'
import { publicFormAction } from '#lib/action'
import * as auth from '#lib/auth'
import { DomainError } from '#lib/errors'
import { goToProvider } from '#lib/provider'

/** Begins a session and says where to go; the same refusal for an unknown e-mail and a wrong password. */
export const signIn = publicFormAction('signIn', SignInInput, async ({ email, password, next }) => {
  try {
    await auth.signIn('credentials', { email, password, redirect: false })
  } catch (error) {
    if (error instanceof auth.SignInRefused) throw error.refusal
    if (!(error instanceof CredentialsSignin)) throw error
    throw new DomainError('unauthenticated', 'Email or password is wrong.')
  }
  return { redirectTo: next ?? '/' }
})

/** Leads to the provider, to sign in there. */
export const signInByProvider = publicFormAction('signInByProvider', SignInByProviderInput, ({ next }) =>
  goToProvider({ kind: 'sign-in' }, next),
)
