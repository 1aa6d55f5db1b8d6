import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Weight = 'regular' | 'semibold'

/** What is used of pdfkit's embedded fonts beyond its typings: one character at a time, so that nothing is kept of texts. */
type Face = {
  readonly id: string
  readonly font: { hasGlyphForCodePoint(codePoint: number): boolean }
  encode(text: string, features: readonly string[]): [string[], { advanceWidth: number }[]]
  ref(): unknown
}

export type Pages = {
  registerFont(name: string, source: Buffer): unknown
  font(name: string): unknown
  readonly _font: Face
  readonly page: { readonly fonts: Record<string, unknown> }
}

/** A character as it is drawn: in which font, under which number, how wide of 1000; without a font as an empty box. */
export type Letter = { readonly face: Face | null; readonly code: string; readonly advance: number }

const FILES = {
  regular: ['latin-400', 'latin-ext-400'],
  semibold: ['latin-600', 'latin-ext-600'],
} as const satisfies Record<Weight, readonly string[]>

const BOX: Letter = { face: null, code: '', advance: 620 }
const NOTHING: Letter = { face: null, code: '', advance: 0 }

/**
 * The letters of a document: figures of one width, and a box for each character that the fonts lack, which hold Latin
 * alone. What is remembered grows with the characters of the fonts, never with the texts.
 */
export function openLetters(doc: Pages): (weight: Weight, character: string) => Letter {
  const open = (weight: Weight) => ({ faces: FILES[weight].map((file) => openFace(doc, file)), known: new Map() })
  const weights: Record<Weight, { faces: Face[]; known: Map<string, Letter> }> = {
    regular: open('regular'),
    semibold: open('semibold'),
  }
  return (weight, character) => {
    const { faces, known } = weights[weight]
    const before = known.get(character)
    if (before !== undefined) return before
    const codePoint = character.codePointAt(0) ?? 0
    const face = faces.find(({ font }) => font.hasGlyphForCodePoint(codePoint))
    // Marks and joiners belong to a box that stands already.
    if (face === undefined) return /[\p{M}\p{Cf}]/u.test(character) ? NOTHING : BOX
    const [[code = '0000'], [position]] = face.encode(character, ['tnum'])
    const letter = { face, code, advance: position?.advanceWidth ?? 0 }
    known.set(character, letter)
    return letter
  }
}

function openFace(doc: Pages, file: string): Face {
  const path = `@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${file}-normal.woff`
  doc.registerFont(file, readFileSync(fileURLToPath(import.meta.resolve(path))))
  doc.font(file)
  return doc._font
}
