import type { ReactNode } from 'react'
import { Wordmark } from '#components/shell/mark'

/** The ticket that sign-in and set-up stand on: the stub in ultramarine, torn along its perforation; stacked on a phone. */
export function AuthCard({ platformName, children }: { platformName?: string; children: ReactNode }) {
  return (
    <main id="content" className="grid min-h-dvh place-items-center px-4 py-6 sm:p-8">
      <div className="flex w-full max-w-[732px] overflow-hidden rounded-sheet bg-raised shadow-dialog max-sm:max-w-[400px] max-sm:flex-col sm:min-h-[448px] forced-colors:border">
        <div className="flex shrink-0 flex-col justify-between gap-5 bg-accent p-6 text-on-fill [--hole:4px] [--pitch:14px] max-sm:perforated-bottom max-sm:pb-7 sm:perforated-end sm:w-[292px] sm:p-8 forced-colors:border-b sm:forced-colors:border-r">
          <Wordmark className="text-[1.25rem]/6" markClassName="size-7.5 text-on-fill max-sm:size-6" />
          <div>
            <p className="text-display max-sm:text-dialog">
              Every token, <br className="max-sm:hidden" />
              and who holds it.
            </p>
            {platformName && <bdi className="mt-2 block sm:mt-4">{platformName}</bdi>}
          </div>
        </div>
        <div className="flex min-w-0 flex-1 flex-col justify-center p-6 sm:px-12 sm:py-10">{children}</div>
      </div>
    </main>
  )
}
