import type { AnyActor } from '#lib/authorization'
import type { Period } from '#lib/usage/period'

/** What a report is rendered by. */
export type ReportOrder = Period & {
  readonly format: 'pdf' | 'csv'
  readonly organization: { readonly id: string; readonly name: string }
  /** By whose days it is told, an IANA name. */
  readonly timeZone: string
  /** For whom: nothing is in it but what they may see. */
  readonly actor: AnyActor
  readonly asked: { readonly at: Date; readonly by: string }
  /** Whether the effective tier has extended metrics; without them they are not read. */
  readonly extended: boolean
}

/** A piece of a report's file, and how much of the work is done by then, from 0 to 100. */
export type ReportPiece = { readonly bytes: Uint8Array; readonly progress: number }
