'use client'

import { CopyTokenDialog } from '#components/tokens/copy-token-dialog'
import { DeleteTokenDialog } from '#components/tokens/delete-token-dialog'
import { EditTokenDialog } from '#components/tokens/edit-token-dialog'
import type { EndingVerb } from '#components/tokens/end-tokens'
import { EndTokensDialog } from '#components/tokens/end-tokens-dialog'
import { NewTokenDialog } from '#components/tokens/new-token-dialog'
import { type GeneratedState, revealOf } from '#components/tokens/reveal-of'
import { RevokeTokenDialog } from '#components/tokens/revoke-token-dialog'
import { RotateTokenDialog } from '#components/tokens/rotate-token-dialog'
import { TokenGeneratedDialog } from '#components/tokens/token-generated-dialog'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenApiUser, TokenFormOptions, TokenOutcome, TokenView } from '#lib/tokens/view'

export type TokenDialogState =
  | { readonly kind: 'new'; readonly apiUser: TokenApiUser | null }
  | GeneratedState
  | SeveralState
  | { readonly kind: 'copy' | 'edit' | 'rotate' | 'revoke' | 'delete'; readonly token: TokenView }

/** Several tokens that are to be revoked or deleted, and those that the list shows; `settle` is told what became of them. */
export type SeveralState = {
  readonly kind: 'several'
  readonly verb: EndingVerb
  readonly tokens: readonly TokenView[]
  readonly onPage: readonly TokenView[]
  readonly settle: (outcomes: readonly TokenOutcome[]) => void
}

/** What the dialog shows, by its state. */
export function TokenDialog({
  state,
  show,
  close,
  gone,
  leave,
  options,
  actions,
}: {
  state: TokenDialogState
  /** Goes on to something else within the same dialog. */
  show: (next: TokenDialogState) => void
  close: () => void
  /** Tells that the token is deleted. */
  gone: () => void
  /** Gives what puts the focus back to where the dialog was opened from, for what outlives the dialog. */
  leave: () => () => void
  options: TokenFormOptions
  actions: TokenActions
}) {
  const common = { options, actions, close }
  switch (state.kind) {
    case 'new':
      return (
        <NewTokenDialog
          options={options}
          apiUser={state.apiUser}
          actions={actions}
          made={(token) => show(revealOf(token, true))}
        />
      )
    case 'generated':
      return <TokenGeneratedDialog {...common} {...state} again={() => show(revealOf(state.token, false))} />
    case 'copy':
      return (
        <CopyTokenDialog
          {...common}
          token={state.token}
          showInstead={() => show(revealOf(state.token, false))}
          again={() => show(state)}
        />
      )
    case 'edit':
      return <EditTokenDialog {...common} token={state.token} />
    case 'rotate':
      return <RotateTokenDialog {...common} token={state.token} rotated={(token) => show(revealOf(token, true))} />
    case 'revoke':
      return <RevokeTokenDialog {...common} token={state.token} gone={gone} leave={leave} />
    case 'several':
      return <EndTokensDialog {...common} {...state} />
    case 'delete':
      return <DeleteTokenDialog {...common} token={state.token} gone={gone} />
  }
}
