'use server'

import * as request from '#lib/accounts/request-password-reset'
import * as reset from '#lib/accounts/reset-password'
import { RequestPasswordResetInput, ResetPasswordInput } from '#lib/accounts/schema'
import { publicFormAction } from '#lib/action'
import { beginSessionAs, requestFrom } from '#lib/actor'
import { DomainError } from '#lib/errors'
import { post } from '#lib/mail/post'

/** Has a link sent, if there is such an account; the answer is the same either way. */
export const requestPasswordReset = publicFormAction(
  'requestPasswordReset',
  RequestPasswordResetInput,
  async (input) => {
    const mailer = post()
    if (mailer === null) throw new DomainError('forbidden', 'This Tokenry sends no mail. Ask whoever runs it.')
    await request.requestPasswordReset({ ...(await requestFrom()), post: mailer }, input)
    return null
  },
)

/** Sets the new password by the link, and signs in with it; says whether a login at a provider was unlinked. */
export const resetPassword = publicFormAction('resetPassword', ResetPasswordInput, async (input) => {
  const { email, unlinked } = await reset.resetPassword(await requestFrom(), input)
  return { redirectTo: (await beginSessionAs(email, input.password)) ? '/' : '/sign-in', unlinked }
})
