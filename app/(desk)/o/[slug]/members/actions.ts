'use server'

import { formAction } from '#lib/action'
import * as change from '#lib/members/change'
import * as remove from '#lib/members/remove'
import { ChangeMemberInput, RemoveMemberInput } from '#lib/members/schema'
import * as create from '#lib/service-accounts/create'
import * as disable from '#lib/service-accounts/disable'
import * as edit from '#lib/service-accounts/edit'
import { ApiUserIdInput, CreateApiUserInput, EditApiUserInput } from '#lib/service-accounts/schema'
import * as revokePersonal from '#lib/tokens/revoke-personal'
import * as personalTokens from '#lib/tokens/revoke-personal-list'
import { ListPersonalTokensInput, RevokePersonalTokensInput } from '#lib/tokens/schema'

export const changeMember = formAction('changeMember', ChangeMemberInput, change.changeMember)
export const removeMember = formAction('removeMember', RemoveMemberInput, remove.removeMember)
export const listPersonalTokens = formAction(
  'listPersonalTokens',
  ListPersonalTokensInput,
  personalTokens.listPersonalTokensOf,
)
export const revokePersonalTokens = formAction(
  'revokePersonalTokens',
  RevokePersonalTokensInput,
  revokePersonal.revokePersonalTokens,
)

export const createApiUser = formAction('createApiUser', CreateApiUserInput, create.createApiUser)
export const editApiUser = formAction('editApiUser', EditApiUserInput, edit.editApiUser)
export const disableApiUser = formAction('disableApiUser', ApiUserIdInput, disable.disableApiUser)
export const enableApiUser = formAction('enableApiUser', ApiUserIdInput, disable.enableApiUser)
