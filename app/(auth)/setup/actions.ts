'use server'

import { headers } from 'next/headers'
import { SetUpInput } from '#lib/accounts/schema'
import { setUp as makePlatform } from '#lib/accounts/set-up'
import { publicFormAction } from '#lib/action'
import { signIn } from '#lib/auth'
import { systemClock } from '#lib/clock'
import { database } from '#lib/database'
import { addressOf, userAgentOf } from '#lib/request-headers'

/** Makes the platform and its first admin, signs that admin in and leads to the verifier token that waits for them. */
export const setUp = publicFormAction('setUp', SetUpInput, async (input) => {
  const requestHeaders = await headers()
  const { gatewayTokenId } = await makePlatform(
    { db: database(), clock: systemClock, ip: addressOf(requestHeaders), userAgent: userAgentOf(requestHeaders) },
    input,
  )
  await signIn('credentials', { email: input.email, password: input.password, redirect: false })
  return { redirectTo: `/o/platform/tokens/${gatewayTokenId}?welcome` }
})
