/** How the command ends; told by `tokenry --help` and docs/cli.md, and kept from one version to the next. */
export const EXIT = {
  /** It was done; of `verify`: the token is active. */
  done: 0,
  /** It failed for a reason that no other code tells. */
  failed: 1,
  /** The command was not understood, or what it was given has the wrong form (HTTP 400, 413, 422). */
  usage: 2,
  /** No token is known, or the one that is is no good (401). */
  unauthenticated: 3,
  /** The token may not do that (403). */
  forbidden: 4,
  /** There is no such thing, or it cannot be seen (404). */
  notFound: 5,
  /** What is there stands against it: a name, a limit, a status (409). */
  conflict: 6,
  /** The server cannot be reached or asks for patience (429, 5xx, no answer): try again later. */
  unavailable: 7,
  /** Of `verify`: the token is not active. */
  inactive: 8,
} as const

/** What ends the command with a sentence for people and a code for programs. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly exitCode: number

  constructor(exitCode: number, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}

/** The code for an answer of that status. */
export function exitCodeOf(status: number): number {
  if (status === 401) return EXIT.unauthenticated
  if (status === 403) return EXIT.forbidden
  if (status === 404) return EXIT.notFound
  if (status === 409) return EXIT.conflict
  if (status === 429 || status >= 500) return EXIT.unavailable
  return status >= 400 ? EXIT.usage : EXIT.done
}
