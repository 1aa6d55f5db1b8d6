'use server'

import { formAction } from '#lib/action'
import { env } from '#lib/env'
import * as own from '#lib/organizations/edit-own'
import { EditOwnOrganizationInput } from '#lib/organizations/schema'
import * as preview from '#lib/policies/preview'
import { SetPoliciesInput } from '#lib/policies/schema'
import * as set from '#lib/policies/set'
import * as ceilings from '#lib/policies/set-ceilings'

export const editOwnOrganization = formAction('editOwnOrganization', EditOwnOrganizationInput, own.editOwnOrganization)
export const previewPolicies = formAction('previewPolicies', SetPoliciesInput, preview.previewPolicies)
export const previewCeilings = formAction('previewCeilings', SetPoliciesInput, preview.previewCeilings)
export const setPolicies = formAction('setPolicies', SetPoliciesInput, (ctx, input) =>
  set.setPolicies({ ...ctx, maySeal: env().sealKeys.length > 0 }, input),
)
export const setCeilings = formAction('setCeilings', SetPoliciesInput, (ctx, input) =>
  ceilings.setCeilings({ ...ctx, maySeal: env().sealKeys.length > 0 }, input),
)
