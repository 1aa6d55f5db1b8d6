'use client'

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import { useCallback, useRef, useState, useTransition } from 'react'
import type { Action, ActionResult } from '#lib/result'

export type ActionFailure = Extract<ActionResult<never>, { ok: false }>

/**
 * Runs a server action from a form or a button. `run` never rejects: a lost connection and a page of an older build
 * come back as failures too. While it runs, `pending` is true and a second `run` joins the first. `failure` is that of
 * the last run: show it by FailureNotice inside a form, by toastFailure elsewhere. Nothing typed is touched.
 */
export function useAction<Input, Output>(action: Action<Input, Output>) {
  const [pending, startTransition] = useTransition()
  const [failure, setFailure] = useState<ActionFailure | null>(null)
  const running = useRef<Promise<ActionResult<Output>> | null>(null)

  const run = useCallback(
    (input: Input): Promise<ActionResult<Output>> => {
      running.current ??= new Promise<ActionResult<Output>>((resolve) => {
        startTransition(async () => {
          const result = await attempt(action, input)
          running.current = null
          setFailure(result.ok ? null : result)
          resolve(result)
        })
      })
      return running.current
    },
    [action],
  )
  const clear = useCallback(() => setFailure(null), [])

  return { run, pending, failure, clear }
}

async function attempt<Input, Output>(action: Action<Input, Output>, input: Input): Promise<ActionResult<Output>> {
  try {
    return await action(input)
  } catch (error) {
    unstable_rethrow(error)
    if (unstable_isUnrecognizedActionError(error))
      return failed('stale', 'Tokenry was updated while this page was open. Reload it, then do this again.')
    const digest = digestOf(error)
    if (digest) return failed('unexpected', `Something failed on our side. Its id is ${digest}. Try again.`)
    return failed('unexpected', 'No answer from the server. Check the connection and try again.')
  }
}

const failed = (code: ActionFailure['code'], message: string): ActionFailure => ({
  ok: false,
  code,
  message,
  fields: {},
})

/** The id under which the server logged an error that it threw; null for any other error. */
export function digestOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('digest' in error)) return null
  return typeof error.digest === 'string' ? error.digest : null
}
