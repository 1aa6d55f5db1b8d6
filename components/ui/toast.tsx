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

const show = (...toast: Parameters<typeof import('#components/ui/toast-list')['addToast']>) =>
  loadList().then(
    ({ addToast }) => addToast(...toast),
    () => undefined,
  )

/** The place where toasts appear. Once, in the root layout; fetched when the page stands, as no page begins with one. */
export function Toaster() {
  const [List, setList] = useState<typeof ToastList | null>(null)
  useEffect(() => {
    loadList().then(
      (loaded) => setList(() => loaded.ToastList),
      () => undefined,
    )
  }, [])
  return List !== null && <List />
}
