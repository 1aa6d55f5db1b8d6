import type { Operation } from '#lib/api/operation'
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
  readUsageOperation,
  usageReportPdf,
  usageReportCsv,
]
