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

export const createToken = formAction(CreateTokenInput, create.createToken)
export const editToken = formAction(EditTokenInput, edit.editToken)
export const rotateToken = formAction(RotateTokenInput, rotate.rotateToken)
export const revokeToken = formAction(RevokeTokenInput, revoke.revokeToken)
export const restoreToken = formAction(TokenIdInput, restore.restoreToken)
export const deleteToken = formAction(TokenIdInput, remove.deleteToken)
export const revokeTokens = formAction(RevokeTokensInput, each.revokeTokens)
export const deleteTokens = formAction(DeleteTokensInput, each.deleteTokens)
export const finishReveal = formAction(TokenIdInput, finish.finishReveal)

// The two actions whose answer holds a secret: only here is it unwrapped, for the one response that carries it.
export const revealToken = formAction(RevealTokenInput, async (ctx, input) => {
  const { secret, token } = await reveal.revealToken(ctx, input)
  return { secret: secret.reveal(), token }
})
export const copyToken = formAction(RevealTokenInput, async (ctx, input) => {
  const { secret, token } = await reveal.copyToken(ctx, input)
  return { secret: secret.reveal(), token }
})
