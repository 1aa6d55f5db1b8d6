import type { HourRow } from '#db/queries/reports-usage'
import type { Summary } from '#lib/reports/summary'

/** What a file is made of, in this order: its beginning, the summary (none of CSV), the hours as they come, its end. */
export type FileStep =
  | { readonly kind: 'begin' }
  | { readonly kind: 'summary'; readonly summary: Summary }
  | { readonly kind: 'hours'; readonly rows: readonly HourRow[] }
  | { readonly kind: 'end' }

/** Makes a file step by step: what a step adds to it, which may be nothing yet. Nothing given is kept. */
export type ReportFile = (step: FileStep) => Uint8Array
