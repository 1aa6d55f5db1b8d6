'use client'

import './globals.css'
import { Fault } from '#components/shell/fault'
import { ThemeProvider } from '#components/shell/theme-provider'
import { fonts } from './fonts'

/** Stands in for the root layout when that itself fails. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" className={fonts} suppressHydrationWarning>
      <body className="font-sans">
        <title>Something failed · Tokenry</title>
        <ThemeProvider>
          <Fault error={error} retry={retry} />
        </ThemeProvider>
      </body>
    </html>
  )
}
