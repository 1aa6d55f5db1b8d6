'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { useAction } from '#components/ui/use-action'
import type { Action } from '#lib/result'

/** Goes to the provider by an action that says where; `variant` and `className` are the button's. */
export function ProviderButton<Input>({
  go,
  input,
  variant = 'secondary',
  className,
  children,
}: {
  go: Action<Input, { redirectTo: string }>
  input: () => Input
  variant?: 'primary' | 'secondary'
  className?: string
  children: ReactNode
}) {
  const { run, pending, failure } = useAction(go)
  const [leaving, setLeaving] = useState(false)
  const leave = async () => {
    const result = await run(input())
    if (!result.ok) return
    setLeaving(true)
    window.location.assign(result.data.redirectTo)
  }
  return (
    <>
      <FailureNotice failure={failure} />
      <Button variant={variant} pending={pending || leaving} onClick={leave} {...(className ? { className } : {})}>
        {children}
      </Button>
    </>
  )
}

/** Parts a form from the other way beside it. */
export const Or = () => (
  <p className="flex items-center gap-3 text-muted text-small before:flex-1 before:border-t after:flex-1 after:border-t">
    or
  </p>
)
