import type { ErrorCode, FieldErrors } from '#lib/errors'

/**
 * What every server action answers. `unexpected` is a fault of ours, told only by an id that stands in the log;
 * `stale` never comes from the server: the page's own build is gone (see components/ui/use-action).
 */
export type ActionResult<T> =
  | { readonly ok: true; readonly data: T }
  | {
      readonly ok: false
      readonly code: ErrorCode | 'unexpected' | 'stale'
      readonly message: string
      readonly fields: FieldErrors
    }

/** A server action as the browser sees it: one input object, one typed answer. */
export type Action<Input, Output> = (input: Input) => Promise<ActionResult<Output>>
