'use client'

import { ListWindow } from '#components/lists/list-window'
import type { ListWindowProps } from '#components/lists/use-list-dialog'
import type { ApiUserActions } from '#components/members/api-user-actions'
import { ApiUserDialog } from '#components/members/api-user-dialog'
import { DisableApiUserDialog } from '#components/members/disable-api-user-dialog'
import type { ApiUserPage, ApiUserView } from '#lib/service-accounts/view'

export type ApiUserDialogState =
  | { readonly kind: 'new' }
  | { readonly kind: 'edit' | 'disable'; readonly apiUser: ApiUserView }

/** The window of the dialogs on API users. */
export function ApiUserWindow({
  state,
  organization,
  devicesUrl,
  scopes,
  actions,
  gone: _,
  ...frame
}: ListWindowProps<ApiUserDialogState> & {
  organization: { readonly id: string; readonly name: string }
  devicesUrl: string | null
  scopes: ApiUserPage['scopes']
  actions: ApiUserActions
}) {
  const common = { organization, actions, close: frame.close }
  return (
    <ListWindow {...frame}>
      {state.kind === 'disable' ? (
        <DisableApiUserDialog {...common} apiUser={state.apiUser} />
      ) : (
        <ApiUserDialog
          {...common}
          apiUser={state.kind === 'edit' ? state.apiUser : null}
          devicesUrl={devicesUrl}
          options={scopes}
        />
      )}
    </ListWindow>
  )
}
