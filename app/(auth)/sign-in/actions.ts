'use server'

import { CredentialsSignin } from 'next-auth'
import { SignInInput } from '#lib/accounts/schema'
import { publicFormAction } from '#lib/action'
import * as auth from '#lib/auth'
import { DomainError } from '#lib/errors'

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
