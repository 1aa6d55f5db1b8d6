import type { Operation } from '#lib/api/operation'
import {
  createApiUserOperation,
  disableApiUserOperation,
  editApiUserOperation,
  enableApiUserOperation,
} from '#lib/api/operations/api-user-changes'
import { getApiUserOperation, listApiUsersOperation } from '#lib/api/operations/api-users'
import {
  getDeviceOperation,
  listDevicesOperation,
  registerDeviceOperation,
  removeDeviceOperation,
  renameDeviceOperation,
} from '#lib/api/operations/devices'
import {
  inviteMemberOperation,
  listInvitationsOperation,
  withdrawInvitationOperation,
} from '#lib/api/operations/invitations'
import {
  editMemberOperation,
  getMemberOperation,
  listMembersOperation,
  removeMemberOperation,
} from '#lib/api/operations/members'
import { editOrganizationOperation, openOrganizationOperation } from '#lib/api/operations/organization-changes'
import {
  closeOrganizationOperation,
  resumeOrganizationOperation,
  suspendOrganizationOperation,
} from '#lib/api/operations/organization-life'
import { getOrganizationOperation, listOrganizationsOperation } from '#lib/api/operations/organizations'
import { usageReportCsv, usageReportPdf } from '#lib/api/operations/reports'
import { createTokenOperation, editTokenOperation } from '#lib/api/operations/token-changes'
import { deleteTokenOperation, restoreTokenOperation, revokeTokenOperation } from '#lib/api/operations/token-life'
import { revealTokenOperation, rotateTokenOperation } from '#lib/api/operations/token-secrets'
import { getTokenOperation, listTokensOperation } from '#lib/api/operations/tokens'
import { readUsageOperation } from '#lib/api/operations/usage'

/** Every operation of the HTTP API. */
export const OPERATIONS: readonly Operation[] = [
  listTokensOperation,
  createTokenOperation,
  getTokenOperation,
  editTokenOperation,
  deleteTokenOperation,
  revealTokenOperation,
  rotateTokenOperation,
  revokeTokenOperation,
  restoreTokenOperation,
  listOrganizationsOperation,
  openOrganizationOperation,
  getOrganizationOperation,
  editOrganizationOperation,
  suspendOrganizationOperation,
  resumeOrganizationOperation,
  closeOrganizationOperation,
  listMembersOperation,
  getMemberOperation,
  editMemberOperation,
  removeMemberOperation,
  listInvitationsOperation,
  inviteMemberOperation,
  withdrawInvitationOperation,
  listApiUsersOperation,
  createApiUserOperation,
  getApiUserOperation,
  editApiUserOperation,
  disableApiUserOperation,
  enableApiUserOperation,
  listDevicesOperation,
  registerDeviceOperation,
  getDeviceOperation,
  renameDeviceOperation,
  removeDeviceOperation,
  readUsageOperation,
  usageReportPdf,
  usageReportCsv,
]
