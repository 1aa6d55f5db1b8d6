'use server'

import { z } from 'zod'
import * as password from '#lib/accounts/change-password'
import * as profile from '#lib/accounts/edit-profile'
import * as sessions from '#lib/accounts/end-sessions'
import * as login from '#lib/accounts/provider/own-login'
import { SECURITY_PAGE } from '#lib/accounts/provider/return-to'
import { requireConfirmed } from '#lib/accounts/require-confirmed'
import { ChangePasswordInput, EditProfileInput, EndSessionInput, SetPasswordInput } from '#lib/accounts/schema'
import * as firstPassword from '#lib/accounts/set-password'
import { formAction } from '#lib/action'
import { env } from '#lib/env'
import { goToProviderAs, requireProvider } from '#lib/provider'

export const editProfile = formAction('editProfile', EditProfileInput, async (ctx, input) => {
  await profile.editProfile(ctx, input)
  return null
})

/** Says beside which provider's login signs in to the account still. */
export const changePassword = formAction('changePassword', ChangePasswordInput, async (ctx, input) => {
  await password.changePassword(ctx, input)
  const { oidc } = env()
  const { loginSince } = await login.waysIn(ctx, oidc)
  return { stillLinked: loginSince === null ? null : (oidc?.name ?? null) }
})
export const setPassword = formAction('setPassword', SetPasswordInput, async (ctx, input) => {
  await firstPassword.setPassword(ctx, input)
  return null
})

/** Leads to the provider, to link the login that one has there. */
export const linkLogin = formAction('linkLogin', z.null(), async (ctx) => {
  requireConfirmed(ctx.actor, ctx.clock())
  return goToProviderAs(ctx, 'link', SECURITY_PAGE)
})
export const unlinkLogin = formAction('unlinkLogin', z.null(), async (ctx) => {
  await login.unlinkLogin(ctx, requireProvider())
  return null
})
export const endSession = formAction('endSession', EndSessionInput, async (ctx, input) => {
  await sessions.endSession(ctx, input)
  return null
})

/** Ends every session of this person, this one included. */
export const signOutEverywhere = formAction('signOutEverywhere', z.null(), async (ctx) => {
  await sessions.signOutEverywhere(ctx)
  return { redirectTo: '/sign-in' }
})
