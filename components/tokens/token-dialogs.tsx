'use client'

import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useRef, useState } from 'react'
import { canWriteClipboard } from '#components/tokens/clipboard'
import { copySecret } from '#components/tokens/copy-secret'
import { type Departure, focusAfterDialog } from '#components/tokens/focus-after-dialog'
import { readRevealNote, revealKey, takeOpenRevealPage } from '#components/tokens/reveal-key'
import { mints, revealOf } from '#components/tokens/reveal-of'
import type { SeveralState, TokenDialogState } from '#components/tokens/token-dialog'
import type { TokenWindow } from '#components/tokens/token-window'
import { OUT_OF_DATE, toastFailure } from '#components/ui/failure'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenActionName, TokenApiUser, TokenFormOptions, TokenView } from '#lib/tokens/view'

/** What opens a dialog; a restore does not ask. */
type AskingAction = Exclude<TokenActionName, 'restore'>

type TokenCommands = {
  /** Opens "New token", for an API user where one is given; the focus comes back to `from`. */
  readonly create: (from: HTMLElement | null, apiUser?: TokenApiUser) => void
  /** Opens the dialog for one of `token.actions`. */
  readonly ask: (name: AskingAction, token: TokenView, from: HTMLElement | null) => void
  /** Opens the dialog that ends several at once. */
  readonly askSeveral: (state: SeveralState, from: HTMLElement) => void
  readonly restoreToken: TokenActions['restoreToken']
  /** Whoever has to accept first before anybody can reveal. */
  readonly awaiting: TokenFormOptions['awaiting']
  /** Whom to ask for a higher limit. */
  readonly whomToAsk: TokenFormOptions['ask']
}

const Commands = createContext<TokenCommands | null>(null)

/** What can be done with tokens, anywhere below TokenDialogs. */
export function useTokenCommands(): TokenCommands {
  const commands = useContext(Commands)
  if (commands === null) throw new Error('useTokenCommands stands outside TokenDialogs')
  return commands
}

const loadTokenWindow = () => import('#components/tokens/token-window').then((module) => module.TokenWindow)

/**
 * Holds which dialog is open, above what a refresh renders anew, so that none closes under the hands. `tokens` are those
 * on the page, in its order; `afterDelete` runs as soon as one of them is deleted.
 */
export function TokenDialogs({
  tokens,
  options,
  actions,
  afterDelete,
  children,
}: {
  tokens: readonly TokenView[]
  options: TokenFormOptions
  actions: TokenActions
  afterDelete?: () => void
  children: ReactNode
}) {
  const [Window, setWindow] = useState<typeof TokenWindow | null>(null)
  const [dialog, setDialog] = useState<OpenedDialog | null>(null)
  const router = useRouter()
  const departure = useRef<Departure | null>(null)

  // Fetched once the page stands, so that it is there at the first click without delaying the first paint.
  useEffect(() => {
    loadTokenWindow().then(
      (loaded) => setWindow(() => loaded),
      () => undefined,
    )
  }, [])

  const openDialog = (state: TokenDialogState, from: HTMLElement | null) => {
    const tokenId = 'token' in state ? state.token.id : null
    departure.current = { from, tokenId, order: tokens.map(({ id }) => id), gone: false }
    setDialog((before) => ({ state, open: true, opening: (before?.opening ?? 0) + 1 }))
    if (Window !== null) return
    loadTokenWindow().then(
      (loaded) => setWindow(() => loaded),
      () => {
        setDialog(null)
        toastFailure(OUT_OF_DATE)
      },
    )
  }

  // What can be revealed again is copied without asking; what stands in the way is told by the dialog that reveals.
  const copyKept = async (token: TokenView, from: HTMLElement | null) => {
    const asked = { tokenId: token.id, key: revealKey(token, false) }
    const first = mints(token)
    const outcome = await copySecret({ ...asked, first }, actions.copyToken(asked), actions.finishReveal)
    if (outcome !== 'copied') openDialog(revealOf(token, false), from)
  }

  const ask = async (name: AskingAction, token: TokenView, from: HTMLElement | null) => {
    if (name === 'copy' && token.keeps) return copyKept(token, from)
    const reveals = name === 'reveal' || (name === 'copy' && !(await canWriteClipboard()))
    openDialog(reveals ? revealOf(token, false) : { kind: name, token }, from)
  }

  const recover = useEffectEvent(() => {
    const token = options.mayReveal ? tokens.find((each) => readRevealNote(each) !== null) : undefined
    if (token !== undefined) return openDialog(revealOf(token, false), null)
    const page = options.mayReveal ? takeOpenRevealPage() : null
    if (page !== null) router.push(page)
  })
  useEffect(() => recover(), [])

  const close = () => setDialog((before) => before && { ...before, open: false })
  const closed = () => {
    // What the dialog held, a secret above all, goes with it; unless it was opened again meanwhile.
    setDialog((before) => (before?.open ? before : null))
    if (departure.current !== null) focusAfterDialog(departure.current)
  }
  const gone = () => {
    if (departure.current !== null) departure.current.gone = true
    afterDelete?.()
  }

  const leave = () => {
    const left = departure.current
    return () => {
      if (left !== null) focusAfterDialog(left)
    }
  }

  return (
    <Commands
      value={{
        create: (from, apiUser) => openDialog({ kind: 'new', apiUser: apiUser ?? null }, from),
        ask: (...what) => void ask(...what),
        askSeveral: openDialog,
        restoreToken: actions.restoreToken,
        awaiting: options.awaiting,
        whomToAsk: options.ask,
      }}
    >
      {children}
      {dialog !== null && Window !== null && (
        <Window
          open={dialog.open}
          opening={dialog.opening}
          closed={closed}
          state={withLatest(dialog.state, tokens)}
          show={(state) => setDialog((before) => before && { ...before, state, opening: before.opening + 1 })}
          close={close}
          gone={gone}
          leave={leave}
          options={options}
          actions={actions}
        />
      )}
    </Commands>
  )
}

/** `opening` tells one opening from the next, so that none begins with what was typed in another. */
type OpenedDialog = { readonly state: TokenDialogState; readonly open: boolean; readonly opening: number }

/** The dialog's token as the page has it now, or as it was where it is not on the page any more. */
function withLatest(dialog: TokenDialogState, tokens: readonly TokenView[]): TokenDialogState {
  if (!('token' in dialog)) return dialog
  return { ...dialog, token: tokens.find(({ id }) => id === dialog.token.id) ?? dialog.token }
}
