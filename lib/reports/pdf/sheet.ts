import { createRequire } from 'node:module'
import type Doc from 'pdfkit'
import { type Letter, openLetters, type Pages, type Weight } from '#lib/reports/pdf/letters'
import { COLOUR, type Colour } from '#lib/reports/pdf/palette'

// Its build for Node is CommonJS alone; imported it would be the one for browsers.
const PDFDocument: typeof Doc = createRequire(import.meta.url)('pdfkit')

export const PAGE = { width: 595, height: 842, margin: 48, foot: 34 } as const
export const INNER = PAGE.width - 2 * PAGE.margin

export type TextStyle = {
  readonly size?: number
  readonly weight?: Weight
  readonly colour?: Colour
  /** `right`: the text ends at x. */
  readonly align?: 'left' | 'right'
  /** At most so wide; what is longer ends in an ellipsis. */
  readonly most?: number
}

/** Pages of A4 portrait in points, y from above; texts stand on y. */
export type Sheet = ReturnType<typeof openSheet>

/**
 * A PDF that is drawn page after page; `taken` gives what is ready of its file, which is nothing while a page is drawn,
 * and then is not kept. `onPage` draws what every page has.
 */
export function openSheet(info: { title: string; at: Date }, onPage: (sheet: Sheet, page: number) => void) {
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    fontLayoutCache: false,
    lang: 'en',
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: info.title, Creator: 'Tokenry', Producer: 'Tokenry', CreationDate: info.at },
  })
  const pages = doc as unknown as Pages & { addContent(operators: string): void }
  const letter = openLetters(pages)
  let colourNow: Colour | null = null
  let page = 0

  const fill = (colour: Colour) => {
    if (colour !== colourNow) doc.fillColor(COLOUR[colour])
    colourNow = colour
  }

  const width = (text: string, { size = 9, weight = 'regular' }: TextStyle = {}) =>
    (lettersOf(text, weight).reduce((sum, { advance }) => sum + advance, 0) * size) / 1000

  const lettersOf = (text: string, weight: Weight) => Array.from(text.normalize('NFC'), (each) => letter(weight, each))

  function fitted(text: string, style: TextStyle): string {
    if (style.most === undefined || width(text, style) <= style.most) return text
    const characters = [...text]
    while (characters.length > 0 && width(`${characters.join('')}…`, style) > style.most) characters.pop()
    return `${characters.join('').trimEnd()}…`
  }

  function draw(letters: readonly Letter[], x: number, y: number, size: number): void {
    const [first] = letters
    if (first === undefined) return
    if (first.face === null) {
      const wide = (first.advance * size) / 1000
      if (wide > 0) doc.rect(x + 0.08 * size, y - 0.66 * size, wide - 0.16 * size, 0.66 * size).lineWidth(0.06 * size)
      if (wide > 0) doc.strokeColor(COLOUR[colourNow ?? 'text']).stroke()
      draw(letters.slice(1), x + wide, y, size)
      return
    }
    const end = letters.findIndex(({ face }) => face !== first.face)
    const run = end === -1 ? letters : letters.slice(0, end)
    pages.page.fonts[first.face.id] ??= first.face.ref()
    const codes = run.map(({ code }) => code).join('')
    // The page's y runs downwards, letters stand upright all the same.
    pages.addContent(`BT /${first.face.id} ${size} Tf 1 0 0 -1 ${round(x)} ${round(y)} Tm <${codes}> Tj ET`)
    if (end !== -1)
      draw(letters.slice(end), x + (run.reduce((sum, each) => sum + each.advance, 0) * size) / 1000, y, size)
  }

  const sheet = {
    page: () => page,
    newPage() {
      doc.addPage()
      colourNow = null
      page += 1
      onPage(sheet, page)
    },
    width,
    /** Draws a line of text. */
    text(text: string, x: number, y: number, style: TextStyle = {}) {
      const shown = fitted(text, style)
      fill(style.colour ?? 'text')
      draw(
        lettersOf(shown, style.weight ?? 'regular'),
        style.align === 'right' ? x - width(shown, style) : x,
        y,
        style.size ?? 9,
      )
    },
    /** Whether the fonts hold all of its characters. */
    holds: (text: string) => lettersOf(text, 'regular').every(({ face, advance }) => face !== null || advance === 0),
    box(x: number, y: number, wide: number, high: number, colour: Colour) {
      fill(colour)
      doc.rect(x, y, wide, high).fill()
    },
    rule: (x: number, y: number, wide: number) => sheet.box(x, y, wide, 0.6, 'line'),
    shape(path: string, x: number, y: number, scale: number, colour: Colour) {
      doc.save().translate(x, y).scale(scale)
      doc.path(path).fill(COLOUR[colour])
      doc.restore()
    },
    taken: (): Uint8Array => (doc.read() as Buffer | null) ?? NOTHING,
    end: () => doc.end(),
  }
  return sheet
}

const NOTHING = new Uint8Array(0)

const round = (value: number) => Math.round(value * 100) / 100
