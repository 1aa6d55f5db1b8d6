import { createTransport } from 'nodemailer'

export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

export type Transport = {
  /** Resolves when the mail server has taken it; rejects with what it or the way to it said. */
  send(mail: Mail): Promise<void>
  close(): void
}

/** The mail server behind an `smtp:` or `smtps:` URL; nothing connects before the first mail. */
export function openTransport({ smtpUrl, from }: { readonly smtpUrl: string; readonly from: string }): Transport {
  const server = createTransport(
    {
      url: smtpUrl,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    // Nobody answers, and no program is to either (RFC 3834).
    { from, headers: { 'Auto-Submitted': 'auto-generated' } },
  )
  return {
    async send({ to, ...mail }) {
      // As an address alone, so that nothing in it is read as a list or a name.
      await server.sendMail({ to: { name: '', address: to }, ...mail })
    },
    close: () => server.close(),
  }
}
