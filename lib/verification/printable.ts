/**
 * A text from outside as it is kept, at most so many UTF-16 units of it and no half of a pair: PostgreSQL keeps no NUL
 * and no lone surrogate; people read no controls. What is kept once stays as it is.
 */
export function printable(text: string, atMost = 256): string {
  const whole = text.length > atMost ? cut(text, atMost) : text
  // Nearly all are, and looking costs a third of replacing.
  if (PLAIN.test(whole)) return whole
  return whole.replace(/\p{Cc}/gu, ' ').toWellFormed()
}

const PLAIN = /^[ -~]*$/

// By way of bytes, since a part of a text would hold on to the whole of it.
function cut(text: string, atMost: number): string {
  const end = isHighSurrogate(text.charCodeAt(atMost - 1)) ? atMost - 1 : atMost
  return Buffer.from(text.slice(0, end), 'utf16le').toString('utf16le')
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xdc00
