'use client'

import { useEffect, useRef } from 'react'

/** For a form's `ref`: whenever `errors` changes to something, focus goes to the first wrong field within. */
export function useInvalidFocus(errors: object | null) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (errors) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [errors])
  return form
}
