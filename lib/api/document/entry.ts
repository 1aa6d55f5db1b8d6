import type { z } from 'zod'

/** A code of a problem document, and the status that it comes with. */
export type Refusal = readonly [status: number, code: string]

type Body = { readonly schema: z.ZodType; readonly mediaType: string }

/** A route and method as the document tells of it, whoever answers there. */
export type Entry = {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly tag: string
  /** A sentence for people. */
  readonly summary: string
  readonly description?: string
  /** `scope` null: any token will do; `metrics`: METRICS_TOKEN, or from this very machine; `none`: whoever asks. */
  readonly access: { readonly scope: string | null } | 'metrics' | 'none'
  readonly params: z.ZodObject | null
  readonly query: z.ZodObject | null
  readonly body: Body | null
  /** By status; null: an empty body. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>
  /** Of what is answered. */
  readonly mediaType: string
  readonly refusals: readonly Refusal[]
  /**
   * Whether it takes an `Idempotency-Key`; `reveals`: it must have one, of which the secret answered is derived;
   * `mayReveal`: it must where a secret is answered.
   */
  readonly key: 'possible' | 'mayReveal' | 'reveals' | null
}

/** What nearly every entry leaves empty. */
export const USUAL = { params: null, query: null, body: null, key: null, mediaType: 'application/json' } as const
