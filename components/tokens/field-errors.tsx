import type { z } from 'zod'
import type { FieldErrors } from '#lib/errors'

/** The first message of each field; one about the third line of a list says so. */
export function fieldErrorsOf(error: z.ZodError): FieldErrors {
  const errors: Record<string, string> = {}
  for (const { path, message } of error.issues) {
    const [field, index] = path
    if (field === undefined) continue
    errors[String(field)] ??= typeof index === 'number' ? `Line ${index + 1}: ${message}` : message
  }
  return errors
}

/** Puts the focus on the first control that is marked as wrong; in a group, on the one that is chosen or comes first. */
export function focusFirstInvalid(form: HTMLElement | null): void {
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid]')
  const inside = wrong?.querySelector<HTMLElement>('[role="radio"][tabindex="0"], [role="checkbox"]:enabled')
  const target = inside ?? wrong
  target?.focus({ preventScroll: true })
  target?.scrollIntoView({ block: 'center' })
}
