'use client'

import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { CustomerDialogState, CustomerWindow } from '#components/organizations/customer-window'
import { OUT_OF_DATE, toastFailure } from '#components/ui/failure'
import type { CustomerActions, CustomerFormOptions, CustomerView } from '#lib/organizations/view'

type CustomerCommands = {
  /** Opens a dialog; the focus comes back to `from`. */
  readonly ask: (state: CustomerDialogState, from: HTMLElement | null) => void
  readonly resumeCustomer: CustomerActions['resumeCustomer']
}

const Commands = createContext<CustomerCommands | null>(null)

/** What can be done with customers, anywhere below CustomerDialogs. */
export function useCustomerCommands(): CustomerCommands {
  const commands = useContext(Commands)
  if (commands === null) throw new Error('useCustomerCommands stands outside CustomerDialogs')
  return commands
}

export const CUSTOMERS_HEADING_ID = 'customers-heading'

const loadWindow = () => import('#components/organizations/customer-window').then((module) => module.CustomerWindow)

/**
 * Holds which dialog is open, above what a refresh renders anew. With `editing` it opens the Edit dialog at once;
 * `doneEditing` is told when that one is gone.
 */
export function CustomerDialogs({
  options,
  actions,
  editing,
  doneEditing,
  children,
}: {
  options: CustomerFormOptions
  actions: CustomerActions
  editing: CustomerView | null
  doneEditing: () => void
  children: ReactNode
}) {
  const [Window, setWindow] = useState<typeof CustomerWindow | null>(null)
  const [dialog, setDialog] = useState<{ state: CustomerDialogState; open: boolean; opening: number } | null>(null)
  const departure = useRef<HTMLElement | null>(null)

  // Fetched once the page stands, so that it is there at the first click without delaying the first paint.
  useEffect(() => {
    loadWindow().then(
      (loaded) => setWindow(() => loaded),
      () => undefined,
    )
  }, [])

  const ask = (state: CustomerDialogState, from: HTMLElement | null) => {
    departure.current = from
    setDialog((before) => ({ state, open: true, opening: (before?.opening ?? 0) + 1 }))
    if (Window !== null) return
    loadWindow().then(
      (loaded) => setWindow(() => loaded),
      () => {
        setDialog(null)
        toastFailure(OUT_OF_DATE)
      },
    )
  }

  const edit = useEffectEvent(() => {
    if (editing !== null) ask({ kind: 'edit', customer: editing }, null)
  })
  useEffect(() => {
    if (editing?.id !== undefined) edit()
  }, [editing?.id])

  const closed = () => {
    setDialog((before) => (before?.open ? before : null))
    if (editing !== null) doneEditing()
    // Whoever was quick enough to go elsewhere stays there.
    if (document.activeElement !== document.body) return
    const from = departure.current
    if (from?.isConnected) from.focus()
    else document.getElementById(CUSTOMERS_HEADING_ID)?.focus()
  }

  return (
    <Commands value={{ ask, resumeCustomer: actions.resumeCustomer }}>
      {children}
      {dialog !== null && Window !== null && (
        <Window
          open={dialog.open}
          opening={dialog.opening}
          closed={closed}
          state={dialog.state}
          close={() => setDialog((before) => before && { ...before, open: false })}
          options={options}
          actions={actions}
        />
      )}
    </Commands>
  )
}
