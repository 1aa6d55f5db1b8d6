import type { ReactNode } from 'react'
import { Wordmark } from '#components/shell/mark'

/** A page without a desk around it: a heading, what to do next, a way on. */
export function PlainPage({ heading, text, action }: { heading: string; text: ReactNode; action: ReactNode }) {
  return (
    <main id="content" className="mx-auto flex min-h-dvh w-full max-w-[492px] flex-col justify-center px-4 py-12">
      <Wordmark />
      <h1 className="mt-7 text-title">{heading}</h1>
      <div className="mt-1.5 text-pretty text-soft">{text}</div>
      <div className="mt-5">{action}</div>
    </main>
  )
}
