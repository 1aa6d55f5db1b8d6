'use client'

import { CopyTokenDialog } from '#components/tokens/copy-token-dialog'
import { DeleteTokenDialog } from '#components/tokens/delete-token-dialog'
import { EditTokenDialog } from '#components/tokens/edit-token-dialog'
import { NewTokenDialog } from '#components/tokens/new-token-dialog'
import { RevokeTokenDialog } from '#components/tokens/revoke-token-dialog'
import { TokenGeneratedDialog } from '#components/tokens/token-generated-dialog'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenFormOptions, TokenView } from '#lib/tokens/view'

export type TokenDialogState =
  | { readonly kind: 'new' }
  | { readonly kind: 'generated'; readonly token: TokenView; readonly created: boolean }
  | { readonly kind: 'copy' | 'edit' | 'revoke' | 'delete'; readonly token: TokenView }

/** What the dialog shows, by its state. */
export function TokenDialog({
  state,
  show,
  close,
  gone,
  options,
  actions,
}: {
  state: TokenDialogState
  /** Goes on to something else within the same dialog. */
  show: (next: TokenDialogState) => void
  close: () => void
  /** Tells that the token is deleted. */
  gone: () => void
  options: TokenFormOptions
  actions: TokenActions
}) {
  const common = { options, actions, close }
  switch (state.kind) {
    case 'new':
      return (
        <NewTokenDialog
          options={options}
          actions={actions}
          made={(token) => show({ kind: 'generated', token, created: true })}
        />
      )
    case 'generated':
      return <TokenGeneratedDialog {...common} token={state.token} created={state.created} />
    case 'copy':
      return (
        <CopyTokenDialog
          {...common}
          token={state.token}
          showInstead={() => show({ kind: 'generated', token: state.token, created: false })}
        />
      )
    case 'edit':
      return <EditTokenDialog {...common} token={state.token} />
    case 'revoke':
      return <RevokeTokenDialog {...common} token={state.token} gone={gone} />
    case 'delete':
      return <DeleteTokenDialog {...common} token={state.token} gone={gone} />
  }
}
