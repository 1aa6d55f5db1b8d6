'use server'

import { formAction } from '#lib/action'
import { env } from '#lib/env'
import * as own from '#lib/organizations/edit-own'
import { EditOwnOrganizationInput } from '#lib/organizations/schema'
import * as preview from '#lib/policies/preview'
import { SetPoliciesInput } from '#lib/policies/schema'
import * as set from '#lib/policies/set'
import * as ceilings from '#lib/policies/set-ceilings'
import * as define from '#lib/scopes/define'
import * as scopeEdit from '#lib/scopes/edit'
import * as scopePreview from '#lib/scopes/preview'
import * as scopeRemove from '#lib/scopes/remove'
import { DefineScopeInput, EditScopeInput, ScopeNameInput } from '#lib/scopes/schema'
import * as tierCreate from '#lib/tiers/create'
import * as tierDelete from '#lib/tiers/delete'
import * as tierEdit from '#lib/tiers/edit'
import * as tierPreview from '#lib/tiers/preview'
import { CreateTierInput, EditTierInput, TierIdInput } from '#lib/tiers/schema'

export const editOwnOrganization = formAction('editOwnOrganization', EditOwnOrganizationInput, own.editOwnOrganization)
export const previewPolicies = formAction('previewPolicies', SetPoliciesInput, preview.previewPolicies)
export const previewCeilings = formAction('previewCeilings', SetPoliciesInput, preview.previewCeilings)
export const setPolicies = formAction('setPolicies', SetPoliciesInput, (ctx, input) =>
  set.setPolicies({ ...ctx, maySeal: env().sealKeys.length > 0 }, input),
)
export const setCeilings = formAction('setCeilings', SetPoliciesInput, (ctx, input) =>
  ceilings.setCeilings({ ...ctx, maySeal: env().sealKeys.length > 0 }, input),
)

export const createTier = formAction('createTier', CreateTierInput, tierCreate.createTier)
export const previewTier = formAction('previewTier', EditTierInput, tierPreview.previewTier)
export const editTier = formAction('editTier', EditTierInput, tierEdit.editTier)
export const deleteTier = formAction('deleteTier', TierIdInput, tierDelete.deleteTier)

export const defineScope = formAction('defineScope', DefineScopeInput, define.defineScope)
export const previewScope = formAction('previewScope', EditScopeInput, scopePreview.previewScope)
export const editScope = formAction('editScope', EditScopeInput, scopeEdit.editScope)
export const previewScopeRemoval = formAction('previewScopeRemoval', ScopeNameInput, scopePreview.previewScopeRemoval)
export const removeScope = formAction('removeScope', ScopeNameInput, scopeRemove.removeScope)
