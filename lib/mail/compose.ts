import type { Mail } from '#lib/mail/transport'

/** What a mail says: sentences, then one link with what it is for, then further sentences. */
type Letter = {
  readonly to: string
  readonly subject: string
  readonly before: readonly string[]
  readonly link: { readonly words: string; readonly url: string }
  readonly after: readonly string[]
}

/** A mail in plain text and in simple HTML that says the same; nothing in it is fetched from anywhere. */
export function compose({ to, subject, before, link, after }: Letter): Mail {
  const text = [...before, `${link.words}:\n${link.url}`, ...after].join('\n\n')
  const paragraph = (html: string) => `<p style="margin:0 0 16px">${html}</p>`
  const body = [
    ...before.map((sentence) => paragraph(asHtml(sentence))),
    paragraph(`<a href="${asHtml(link.url)}" style="font-weight:600">${asHtml(link.words)}</a>`),
    ...after.map((sentence) => paragraph(asHtml(sentence))),
  ]
  const html = `<!doctype html><html lang="en"><body style="font:16px/24px sans-serif;max-width:36em">${body.join('')}</body></html>`
  return { to, subject, text: `${text}\n`, html }
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const asHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPED[character] ?? '')

const WHEN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

/** "25 Nov 2026, 12:00 UTC": whoever reads it may be anywhere. */
export const inWords = (at: Date) => `${WHEN.format(at)} UTC`
