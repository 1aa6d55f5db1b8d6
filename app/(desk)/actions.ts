'use server'

import { z } from 'zod'
import { endSession } from '#lib/accounts/session'
import { formAction } from '#lib/action'
import * as auth from '#lib/auth'

/** Ends this session, on the server and in the browser. */
export const signOut = formAction(z.null(), async (ctx) => {
  await endSession(ctx, ctx.sessionId)
  await auth.signOut({ redirect: false })
  return { redirectTo: '/sign-in' }
})
