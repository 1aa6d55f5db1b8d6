'use client'

import { ThemeProvider as NextThemes } from 'next-themes'
import type { ReactNode } from 'react'

/**
 * Light, dark or the system's choice, as a class on `html`, remembered in this browser. With the nonce that the page's
 * policy asks of its inline script, the class is there before anything is painted.
 */
export function ThemeProvider({ nonce = '', children }: { nonce?: string; children: ReactNode }) {
  return (
    <NextThemes attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
    </NextThemes>
  )
}
