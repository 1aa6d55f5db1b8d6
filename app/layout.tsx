import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { ThemeProvider } from '#components/shell/theme-provider'
import { OverPage } from '#components/ui/over-page'
import { Toaster } from '#components/ui/toast'
import { NONCE } from '#lib/request-headers'
import { fonts } from './fonts'

export const metadata: Metadata = {
  title: { default: 'Tokenry', template: '%s · Tokenry' },
  description: 'The desk for API tokens.',
  robots: { index: false, follow: false },
  referrer: 'same-origin',
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  interactiveWidget: 'resizes-content',
  // The canvas of globals.css; a browser's bar takes no CSS variable.
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f3f4f8' },
    { media: '(prefers-color-scheme: dark)', color: '#0a0c12' },
  ],
}

/** Reads the request, so that no page below is made beforehand: each carries the nonce of its own answer. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(NONCE) ?? ''
  return (
    <html lang="en" className={fonts} suppressHydrationWarning>
      <body className="font-sans">
        <ThemeProvider nonce={nonce}>
          {children}
          <OverPage />
          <Toaster />
        </ThemeProvider>
      </body>
    </html>
  )
}
