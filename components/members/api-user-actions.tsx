import type { Action } from '#lib/result'
import type { ApiUserIdInput, CreateApiUserInput, EditApiUserInput } from '#lib/service-accounts/schema'

/** The server actions on API users. */
export type ApiUserActions = {
  readonly createApiUser: Action<CreateApiUserInput, { readonly id: string }>
  readonly editApiUser: Action<EditApiUserInput, null>
  readonly disableApiUser: Action<ApiUserIdInput, null>
  readonly enableApiUser: Action<ApiUserIdInput, null>
}
