'use server'

import { z } from 'zod'
import { formAction } from '#lib/action'
import * as auth from '#lib/auth'

/** Ends this session, in the browser and, by next-auth's event, on the server. */
export const signOut = formAction('signOut', z.null(), async () => {
  await auth.signOut({ redirect: false })
  return { redirectTo: '/sign-in' }
})
