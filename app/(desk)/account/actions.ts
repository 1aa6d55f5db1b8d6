'use server'

import { z } from 'zod'
import * as password from '#lib/accounts/change-password'
import * as profile from '#lib/accounts/edit-profile'
import * as sessions from '#lib/accounts/end-sessions'
import { ChangePasswordInput, EditProfileInput, EndSessionInput } from '#lib/accounts/schema'
import { formAction } from '#lib/action'

export const editProfile = formAction('editProfile', EditProfileInput, async (ctx, input) => {
  await profile.editProfile(ctx, input)
  return null
})
export const changePassword = formAction('changePassword', ChangePasswordInput, async (ctx, input) => {
  await password.changePassword(ctx, input)
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
