/** What rows speak of: ids in the sample data, of Alder unless said otherwise. */
export type Named = {
  readonly alder: string
  readonly token: string
  readonly session: string
  /** Another member than the admin who asks. */
  readonly member: string
  readonly apiUser: string
  readonly device: string
  readonly report: string
}

/** A server action as hostile input meets it. */
export type ActionRow = {
  /** A page that has it. */
  readonly page: string
  /** What an admin of Alder might send, and be done by; null: it takes nothing. */
  readonly input: ((named: Named) => Readonly<Record<string, unknown>>) | null
  readonly optional?: readonly string[]
  /** Values that a field may have, though they are of an unusual kind. */
  readonly mayBe?: Readonly<Record<string, readonly unknown[]>>
  /** Answers people without a session too. */
  readonly open?: true
}

export const TOKENS_PAGE = '/o/alder/tokens'

/** A key of reveal, of the right form. */
export const REVEAL_KEY = 'AAECAwQFBgcICQoLDA0ODw'
