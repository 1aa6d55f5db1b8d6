/** A field of a body, or a parameter, as the reference tells of it. */
export type FieldView = {
  /** With the path to it: `data[].tokenId`. */
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly description: string
}

export type ContentView = {
  readonly mediaType: string
  readonly fields: readonly FieldView[]
  /** As it is sent or answered; null: there is none. */
  readonly example: string | null
}

export type AnswerView = { readonly status: string; readonly words: string; readonly content: ContentView | null }

export type ProblemView = { readonly status: string; readonly code: string; readonly when: string }

export type OperationView = {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string | null
  /** What it takes to call it, in words. */
  readonly access: string
  readonly parameters: readonly (FieldView & { readonly place: string })[]
  readonly body: ContentView | null
  readonly answers: readonly AnswerView[]
  readonly problems: readonly ProblemView[]
  readonly samples: readonly { readonly label: string; readonly source: string }[]
}

/** Operations of one tag. */
export type SectionView = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly operations: readonly OperationView[]
}

/** The API reference as a page shows it. */
export type ReferenceView = {
  readonly version: string
  /** Where the server is; null: where the page is. */
  readonly origin: string | null
  readonly introduction: readonly string[]
  readonly sections: readonly SectionView[]
}
