'use client'

import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { toastError } from '#components/ui/toast'
import type { ActionFailure } from '#components/ui/use-action'

/** What was to be loaded is gone: the page is one of an older build. */
export const OUT_OF_DATE = {
  ok: false,
  code: 'stale',
  message: 'Tokenry was updated while this page was open. Reload it, then do this again.',
  fields: {},
} as const

/** What the person can do about it at once, where that is not simply trying again. */
function remedyOf(failure: ActionFailure) {
  if (failure.code === 'stale') return { label: 'Reload', onClick: () => window.location.reload() }
  // In a tab of its own, so that what was typed here is still here afterwards.
  if (failure.code === 'unauthenticated')
    return { label: 'Sign in', onClick: () => void window.open('/sign-in', '_blank', 'noopener') }
  return null
}

/**
 * A failed action inside the form that ran it, read out at once; `more` follows the message. Shows nothing where the
 * messages stand at fields.
 */
export function FailureNotice({ failure, more }: { failure: ActionFailure | null; more?: ReactNode }) {
  if (!failure || Object.keys(failure.fields).length > 0) return null
  const remedy = remedyOf(failure)
  return (
    <Notice tone="danger" role="alert">
      <p>
        {failure.message}
        {more}
      </p>
      {remedy && (
        <Button size="small" className="mt-2" onClick={remedy.onClick}>
          {remedy.label}
        </Button>
      )}
    </Notice>
  )
}

/** A failed action that no form stands around; `more` follows the message; stays until closed. */
export function toastFailure(failure: ActionFailure, more?: ReactNode) {
  const action = remedyOf(failure)
  const message = more ? (
    <>
      {failure.message}
      {more}
    </>
  ) : (
    failure.message
  )
  toastError(message, { id: failure.code, ...(action ? { action } : {}) })
}
