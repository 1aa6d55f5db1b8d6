import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn'

/** Where a list would be: a picture, a heading, what the thing is for, the one button; steps go beneath as children. */
export function EmptyState({
  picture,
  heading,
  text,
  action,
  className,
  children,
}: {
  picture?: ReactNode
  heading: string
  text: ReactNode
  action?: ReactNode
  className?: string
  children?: ReactNode
}) {
  return (
    <section className={cn('mx-auto flex w-full max-w-[746px] flex-col items-center pt-21 max-sm:pt-12', className)}>
      {picture && <div className="mb-7">{picture}</div>}
      <h2 className="text-balance text-center text-dialog">{heading}</h2>
      <p className="mt-1.5 max-w-[420px] text-pretty text-center text-soft">{text}</p>
      {action && <div className="mt-4.5">{action}</div>}
      {children && <div className="mt-12 w-full border-t pt-6 max-sm:mt-9">{children}</div>}
    </section>
  )
}

/** Numbered steps in a row; one under another on a phone. */
export function Steps({ steps }: { steps: readonly { title: string; text: ReactNode }[] }) {
  return (
    <ol className="grid gap-6 sm:auto-cols-fr sm:grid-flow-col">
      {steps.map((step, index) => (
        <li key={step.title} className="flex gap-2.5">
          <span
            aria-hidden
            className="grid size-5.5 shrink-0 place-items-center rounded-status bg-sunken font-semibold text-soft text-small forced-colors:border"
          >
            {index + 1}
          </span>
          <div className="min-w-0 text-soft">
            <p className="font-semibold text-text">{step.title}</p>
            <p>{step.text}</p>
          </div>
        </li>
      ))}
    </ol>
  )
}
