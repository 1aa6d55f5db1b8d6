import { AccessDenied, CallbackRouteError, InvalidCheck, OAuthCallbackError } from '@auth/core/errors'
import { expect, test } from 'vitest'
import { failureOf } from '#lib/accounts/provider/failure'
import { ProviderUnreachable } from '#lib/accounts/provider/reach'

test('every failure at the provider has its sentence, and operators hear of what is theirs to mend', () => {
  const around = (err: Error) => new CallbackRouteError('x', { cause: { err, provider: 'oidc' } })
  const unreachable = around(new ProviderUnreachable('x'))
  expect(failureOf(unreachable, null)).toEqual({ code: 'unreachable', isNews: false })
  expect(failureOf(new InvalidCheck('x'), null)).toEqual({ code: 'expired', isNews: false })
  expect(failureOf(new OAuthCallbackError('x'), 'access_denied')).toEqual({ code: 'cancelled', isNews: false })
  expect(failureOf(new OAuthCallbackError('x'), 'server_error')).toEqual({ code: 'failed', isNews: true })
  // Whatever stands in the address: what was not the provider's answer is no cancelling.
  expect(failureOf(around(new Error('iss')), 'access_denied')).toEqual({ code: 'failed', isNews: true })
  expect(failureOf(new AccessDenied('x'), null)).toMatchObject({ code: 'failed' })
  expect(failureOf(undefined, null)).toMatchObject({ code: 'failed' })
})
