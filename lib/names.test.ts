import { describe, expect, test } from 'vitest'
import { displayName, nameKey } from '#lib/names'

const accepts = (name: string) => displayName.safeParse(name)

describe('a name', () => {
  test.each([
    ['one character', 'A'],
    ['a hundred code points, each of two UTF-16 units', '😀'.repeat(100)],
    ['any language', 'Zählerdaten Süd 計測 مقياس'],
    ['an emoji held together by joiners', '👩‍💻 laptop'],
    ['a joiner that a script needs', 'می‌خواهم'],
  ])('may be %s', (_, name) => {
    expect(accepts(name).success).toBe(true)
  })

  test.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['101 code points', 'a'.repeat(101)],
    ['a line break', 'a\nb'],
    ['a NUL', 'a\0b'],
    ['a lone surrogate', 'a\ud800b'],
    ['a line separator', 'a\u2028b'],
    ['a bidirectional override', 'a\u202eb'],
    ['a bidirectional isolate', 'a\u2066b'],
    ['a byte order mark', '\ufeffname'],
    ['a tag character', 'name\u{e0041}'],
    ['a joiner alone', '\u200d'],
    ['a Hangul filler alone', '\u3164'],
    ['a braille blank alone', '\u2800'],
  ])('may not be or hold %s', (_, name) => {
    expect(accepts(name).success).toBe(false)
  })

  test('is kept trimmed and in NFC', () => {
    expect(displayName.parse('  Zu\u0308rich ')).toBe('Zürich')
  })

  test('differs from another only where neither case, width nor composition is all that tells them apart', () => {
    expect(nameKey('Ｄｅｆａｕｌｔ')).toBe(nameKey('default'))
    expect(nameKey('ZU\u0308RICH')).toBe(nameKey('zürich'))
    expect(nameKey('Default')).not.toBe(nameKey('Default 2'))
  })
})
