import type { Operation } from '#lib/api/operation'
import { listTokensOperation } from '#lib/api/operations/tokens'

/** Every operation of the HTTP API. */
export const OPERATIONS: readonly Operation[] = [listTokensOperation]
