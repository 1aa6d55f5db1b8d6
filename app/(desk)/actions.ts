'use server'

import { z } from 'zod'
import * as confirm from '#lib/accounts/confirm'
import { ConfirmByProviderInput, ConfirmIdentityInput } from '#lib/accounts/schema'
import { formAction } from '#lib/action'
import * as auth from '#lib/auth'
import { goToProviderAs } from '#lib/provider'

/** Ends this session, in the browser and, by next-auth's event, on the server. */
export const signOut = formAction('signOut', z.null(), async () => {
  await auth.signOut({ redirect: false })
  return { redirectTo: '/sign-in' }
})

/** Proves once more who is at the keyboard, for what asks for it. */
export const confirmIdentity = formAction('confirmIdentity', ConfirmIdentityInput, async (ctx, input) => {
  await confirm.confirmIdentity(ctx, input)
  return null
})

/** Leads to the provider to prove it there, and back to the page where it was asked for. */
export const confirmByProvider = formAction('confirmByProvider', ConfirmByProviderInput, (ctx, { page }) =>
  goToProviderAs(ctx, 'confirm', page),
)
