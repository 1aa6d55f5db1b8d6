'use client'

import { type ReactNode, useEffect, useState } from 'react'
import type { ToastList, ToastOptions } from '#components/ui/toast-list'

const loadList = () => import('#components/ui/toast-list')

/** Says in one sentence that something is done; gone after 5 s without hover or focus. */
export function toastDone(message: ReactNode, options: ToastOptions = {}) {
  void show('done', message, options)
}

/** Says in one sentence that something failed; stays until closed. */
export function toastError(message: ReactNode, options: ToastOptions = {}) {
  void show('error', message, options)
}

/** Where toasts appear now, or what is said of one where the list can't be had. */
let place: { readonly list: (list: typeof ToastList) => void; readonly plain: (message: ReactNode) => void } | null =
  null

const show = (tone: 'done' | 'error', message: ReactNode, options: ToastOptions) =>
  loadList().then(
    ({ ToastList, addToast }) => {
      place?.list(ToastList)
      return addToast(tone, message, options)
    },
    () => place?.plain(message),
  )

/**
 * The place where toasts appear. Once, in the root layout; the list is fetched when the page stands, as no page begins
 * with one. Where it can't be, since the server has a newer one or is away, they are told in a plain line.
 */
export function Toaster() {
  const [List, setList] = useState<typeof ToastList | null>(null)
  const [plain, setPlain] = useState<ReactNode>(null)
  useEffect(() => {
    const list = (loaded: typeof ToastList) => setList(() => loaded)
    place = { list, plain: setPlain }
    loadList().then(
      ({ ToastList }) => list(ToastList),
      () => undefined,
    )
    return () => {
      place = null
    }
  }, [])
  return (
    <>
      {List !== null && <List />}
      {plain !== null && (
        <p
          role="alert"
          className="fixed right-3 bottom-3 z-50 max-w-[22.5rem] rounded-panel border bg-raised px-3.5 py-2.5 text-body text-text shadow-menu"
        >
          {plain}
          <button
            type="button"
            className="ml-2 rounded-strip font-medium text-accent-text underline underline-offset-2"
            onClick={() => setPlain(null)}
          >
            Close
          </button>
        </p>
      )}
    </>
  )
}
