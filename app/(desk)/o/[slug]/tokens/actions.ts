'use server'

import { formAction } from '#lib/action'
import * as create from '#lib/tokens/create'
import * as remove from '#lib/tokens/delete'
import * as each from '#lib/tokens/each'
import * as edit from '#lib/tokens/edit'
import * as finish from '#lib/tokens/finish-reveal'
import * as restore from '#lib/tokens/restore'
import * as reveal from '#lib/tokens/reveal'
import * as revoke from '#lib/tokens/revoke'
import * as rotate from '#lib/tokens/rotate'
import {
  CreateTokenInput,
  DeleteTokensInput,
  EditTokenInput,
  RevealTokenInput,
  RevokeTokenInput,
  RevokeTokensInput,
  RotateTokenInput,
  TokenIdInput,
} from '#lib/tokens/schema'

export const createToken = formAction('createToken', CreateTokenInput, create.createToken)
export const editToken = formAction('editToken', EditTokenInput, edit.editToken)
export const rotateToken = formAction('rotateToken', RotateTokenInput, rotate.rotateToken)
export const revokeToken = formAction('revokeToken', RevokeTokenInput, revoke.revokeWithProof)
export const restoreToken = formAction('restoreToken', TokenIdInput, restore.restoreToken)
export const deleteToken = formAction('deleteToken', TokenIdInput, remove.deleteToken)
export const revokeTokens = formAction('revokeTokens', RevokeTokensInput, each.revokeTokens)
export const deleteTokens = formAction('deleteTokens', DeleteTokensInput, each.deleteTokens)
export const finishReveal = formAction('finishReveal', TokenIdInput, finish.finishReveal)

// The two actions whose answer holds a secret: only here is it unwrapped, for the one response that carries it.
export const revealToken = formAction('revealToken', RevealTokenInput, async (ctx, input) => {
  const { secret, token } = await reveal.revealToken(ctx, input)
  return { secret: secret.reveal(), token }
})
export const copyToken = formAction('copyToken', RevealTokenInput, async (ctx, input) => {
  const { secret, token } = await reveal.copyToken(ctx, input)
  return { secret: secret.reveal(), token }
})
