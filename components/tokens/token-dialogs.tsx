'use client'

import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useRef, useState } from 'react'
import { canWriteClipboard } from '#components/tokens/clipboard'
import { DialogFrame } from '#components/tokens/dialog-frame'
import { type Departure, focusAfterDialog } from '#components/tokens/focus-after-dialog'
import { successOf } from '#components/tokens/messages'
import { readRevealNote } from '#components/tokens/reveal-key'
import type { TokenDialog, TokenDialogState } from '#components/tokens/token-dialog'
import { toastFailure } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenActionName, TokenFormOptions, TokenView } from '#lib/tokens/view'

type TokenCommands = {
  /** Opens "New token"; the focus comes back to `from`. */
  readonly create: (from: HTMLElement) => void
  /** Does one of `token.actions`, or opens the dialog that asks for it. */
  readonly act: (name: TokenActionName, token: TokenView, from: HTMLElement | null) => void
}

const Commands = createContext<TokenCommands>({ create: () => undefined, act: () => undefined })

/** What can be done with tokens, anywhere below TokenDialogs. */
export const useTokenCommands = () => useContext(Commands)

const loadTokenDialog = () => import('#components/tokens/token-dialog').then((module) => module.TokenDialog)

/**
 * Holds which dialog is open, above what a refresh renders anew, so that none closes under the hands. `tokens` are those
 * on the page, in its order; `afterDelete` runs as soon as one of them is deleted.
 */
export function TokenDialogs({
  organizationId,
  tokens,
  options,
  actions,
  afterDelete,
  children,
}: {
  organizationId: string
  tokens: readonly TokenView[]
  options: TokenFormOptions
  actions: TokenActions
  afterDelete?: () => void
  children: ReactNode
}) {
  const [Contents, setContents] = useState<typeof TokenDialog | null>(null)
  const [dialog, setDialog] = useState<TokenDialogState | null>(null)
  const [open, setOpen] = useState(false)
  const departure = useRef<Departure | null>(null)
  const restore = useAction(actions.restoreToken)

  // Fetched once the page stands, so that it is there at the first click without delaying the first paint.
  useEffect(() => {
    loadTokenDialog().then(
      (loaded) => setContents(() => loaded),
      () => undefined,
    )
  }, [])

  const openDialog = (next: TokenDialogState, from: HTMLElement | null) => {
    const tokenId = 'token' in next ? next.token.id : null
    departure.current = { from, tokenId, order: tokens.map(({ id }) => id), gone: false }
    setDialog(next)
    setOpen(true)
    if (Contents !== null) return
    loadTokenDialog().then(
      (loaded) => setContents(() => loaded),
      () => {
        setDialog(null)
        toastFailure(OUT_OF_DATE)
      },
    )
  }

  const act = async (name: TokenActionName, token: TokenView, from: HTMLElement | null) => {
    if (name === 'restore') {
      const result = await restore.run({ tokenId: token.id })
      if (result.ok) toastDone(successOf(token, 'restored'))
      else toastFailure(result)
    } else if (name === 'reveal' || (name === 'copy' && !(await canWriteClipboard()))) {
      openDialog({ kind: 'generated', token, created: false }, from)
    } else openDialog({ kind: name, token }, from)
  }

  const recover = useEffectEvent(() => {
    const token = options.mayReveal ? tokens.find(({ id }) => readRevealNote(id) !== null) : undefined
    if (token !== undefined) openDialog({ kind: 'generated', token, created: false }, null)
  })
  useEffect(() => recover(), [])

  const closed = () => {
    // What the dialog held, a secret above all, goes with it.
    setDialog(null)
    if (departure.current !== null) focusAfterDialog(departure.current)
  }

  return (
    <Commands value={{ create: (from) => openDialog({ kind: 'new' }, from), act: (...what) => void act(...what) }}>
      {children}
      {dialog !== null && Contents !== null && (
        <DialogFrame
          open={open}
          width={dialog.kind === 'generated' || dialog.kind === 'copy' ? 'narrow' : 'default'}
          onClose={() => setOpen(false)}
          closed={closed}
        >
          <Contents
            state={withLatest(dialog, tokens)}
            show={setDialog}
            close={() => setOpen(false)}
            gone={() => {
              if (departure.current !== null) departure.current.gone = true
              afterDelete?.()
            }}
            organizationId={organizationId}
            options={options}
            actions={actions}
          />
        </DialogFrame>
      )}
    </Commands>
  )
}

const OUT_OF_DATE = {
  ok: false,
  code: 'stale',
  message: 'Tokenry was updated while this page was open. Reload it, then do this again.',
  fields: {},
} as const

/** The dialog's token as the page has it now, or as it was where it is not on the page any more. */
function withLatest(dialog: TokenDialogState, tokens: readonly TokenView[]): TokenDialogState {
  if (dialog.kind === 'new') return dialog
  return { ...dialog, token: tokens.find(({ id }) => id === dialog.token.id) ?? dialog.token }
}
