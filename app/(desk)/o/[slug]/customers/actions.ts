'use server'

import { formAction } from '#lib/action'
import { post } from '#lib/mail/post'
import * as close from '#lib/organizations/close-customer'
import * as edit from '#lib/organizations/edit-customer'
import * as open from '#lib/organizations/open-customer'
import * as resume from '#lib/organizations/resume-customer'
import {
  CloseCustomerInput,
  EditCustomerInput,
  OpenCustomerInput,
  OrganizationIdInput,
} from '#lib/organizations/schema'
import * as suspend from '#lib/organizations/suspend-customer'

// Without a mail server the answer holds the link for the first admin, for the one response that hands it over.
export const openCustomer = formAction('openCustomer', OpenCustomerInput, (ctx, input) =>
  open.openCustomer({ ...ctx, post: post() }, input),
)
export const editCustomer = formAction('editCustomer', EditCustomerInput, edit.editCustomer)
export const suspendCustomer = formAction('suspendCustomer', OrganizationIdInput, suspend.suspendCustomer)
export const resumeCustomer = formAction('resumeCustomer', OrganizationIdInput, (ctx, input) =>
  resume.resumeCustomer({ ...ctx, post: post() }, input),
)
export const closeCustomer = formAction('closeCustomer', CloseCustomerInput, close.closeCustomer)
