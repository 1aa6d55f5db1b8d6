import type { z } from 'zod'
import type { FieldErrors } from '#lib/errors'

/** The first message of each field; one about the third line of a list says so. */
export function fieldErrorsOf(error: z.ZodError): FieldErrors {
  const errors: Record<string, string> = {}
  for (const { path, message } of error.issues) {
    const [field = '', index] = path
    errors[String(field)] ??= typeof index === 'number' ? `Line ${index + 1}: ${message}` : message
  }
  return errors
}
