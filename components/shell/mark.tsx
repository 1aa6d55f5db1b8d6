import { cn } from '#components/ui/cn'

const SHAPE =
  'M6 2h20a4 4 0 0 1 4 4v4.5a1.5 1.5 0 0 1-1.5 1.5A6.5 6.5 0 0 0 22 18.5v10.1a1.4 1.4 0 0 0-1.4 1.4h-1.2a1.4 1.4 0 0 0-2.8 0h-1.2a1.4 1.4 0 0 0-2.8 0h-1.2a1.4 1.4 0 0 0-1.4-1.4V18.5A6.5 6.5 0 0 0 3.5 12 1.5 1.5 0 0 1 2 10.5V6a4 4 0 0 1 4-4Z'

/** A T cut from a ticket, in the text's colour; decoration, the word beside it names it. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" fill="currentColor" className={cn('size-5.5 shrink-0', className)}>
      <path d={SHAPE} />
    </svg>
  )
}

/** The mark and the name, a third of the mark's width apart. */
export function Wordmark({ className, markClassName }: { className?: string; markClassName?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-[0.45em] font-bold text-[1rem]/6 tracking-[-0.01em]', className)}>
      <Mark className={cn('text-accent-text', markClassName)} />
      Tokenry
    </span>
  )
}
