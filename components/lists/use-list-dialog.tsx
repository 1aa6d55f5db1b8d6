'use client'

import { type ComponentType, useEffect, useRef, useState } from 'react'
import { type Departure, focusAfterDialog } from '#components/tokens/focus-after-dialog'
import { OUT_OF_DATE, toastFailure } from '#components/ui/failure'

/** What the window of a list's dialogs is given. `opening` tells one opening from the next: each begins anew. */
export type ListWindowProps<State> = {
  readonly state: State
  readonly open: boolean
  readonly opening: number
  readonly close: () => void
  /** Tells that the row is gone, so that the focus goes to the next one. */
  readonly gone: () => void
  /** It is out of sight. */
  readonly closed: () => void
}

type Opened<State> = { readonly state: State; readonly open: boolean; readonly opening: number }

/**
 * The dialogs of a list, whose window is fetched once the page stands (`load` is kept at module scope) and is given
 * `more` besides. `ask` opens one, for the row of that id or for none.
 */
export function useListDialog<State, More extends object>(
  rowIds: readonly string[],
  load: () => Promise<ComponentType<ListWindowProps<State> & More>>,
  more: More,
) {
  const [Window, setWindow] = useState<ComponentType<ListWindowProps<State> & More> | null>(null)
  const [dialog, setDialog] = useState<Opened<State> | null>(null)
  const departure = useRef<Departure | null>(null)

  useEffect(() => {
    load().then(
      (loaded) => setWindow(() => loaded),
      () => undefined,
    )
  }, [load])

  const ask = (state: State, rowId: string | null, from: HTMLElement | null) => {
    departure.current = { from, tokenId: rowId, order: rowIds, gone: false }
    setDialog((before) => ({ state, open: true, opening: (before?.opening ?? 0) + 1 }))
    if (Window !== null) return
    load().then(
      (loaded) => setWindow(() => loaded),
      () => {
        setDialog(null)
        toastFailure(OUT_OF_DATE)
      },
    )
  }

  const close = () => setDialog((before) => before && { ...before, open: false })
  const gone = () => {
    if (departure.current !== null) departure.current.gone = true
  }
  const closed = () => {
    setDialog((before) => (before?.open ? before : null))
    if (departure.current !== null) focusAfterDialog(departure.current)
  }
  const window = dialog !== null && Window !== null && (
    <Window {...dialog} {...more} close={close} gone={gone} closed={closed} />
  )
  return { ask, window }
}
