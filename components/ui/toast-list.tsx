'use client'

import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import { Button } from '#components/ui/button'
import { useMedia } from '#components/ui/use-media'

const SHOWN_MS = 5000

export type ToastOptions = {
  readonly action?: { readonly label: string; readonly onClick: () => void }
  /** A toast with the same takes its place. */
  readonly id?: string
}

const standing = Promise.withResolvers<void>()

/** Adds a toast once there is a list for it. */
export async function addToast(tone: 'done' | 'error', message: ReactNode, { action, id }: ToastOptions) {
  await standing.promise
  toast.custom(
    (key) => (
      <Toast tone={tone} action={action} close={() => toast.dismiss(key)}>
        {message}
      </Toast>
    ),
    { duration: Number.POSITIVE_INFINITY, ...(id ? { id } : {}) },
  )
}

function Toast({
  tone,
  action,
  close,
  children,
}: {
  tone: 'done' | 'error'
  action: ToastOptions['action']
  close: () => void
  children: ReactNode
}) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (tone === 'error' || held) return
    const timer = setTimeout(close, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [tone, held, close])
  return (
    <div
      role="status"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex w-full items-start gap-2.5 rounded-panel border bg-raised py-2.5 pr-2 pl-3.5 font-sans text-body text-text shadow-menu sm:w-[22.5rem] dark:border-transparent forced-colors:border-line"
    >
      {tone === 'done' ? (
        <CircleCheck className="mt-0.5 text-success-text" />
      ) : (
        <CircleAlert className="mt-0.5 text-danger-text" />
      )}
      <span className="min-w-0 flex-1">
        {children}
        {action && (
          <button
            type="button"
            className="ml-2 rounded-strip font-medium text-accent-text underline underline-offset-2"
            onClick={action.onClick}
          >
            {action.label}
          </button>
        )}
      </span>
      <Button variant="quiet" size="icon" aria-label="Close" className="-my-1.25 touch:-my-3" onClick={close}>
        <X />
      </Button>
    </div>
  )
}

/** The toasts: bottom right, on a phone at the top. */
export function ToastList() {
  const phone = useMedia('(width < 40rem)')
  // Sonner itself listens by now: effects of what is within run first.
  useEffect(() => standing.resolve(), [])
  return <Sonner position={phone ? 'top-center' : 'bottom-right'} offset={24} mobileOffset={12} gap={8} expand />
}
