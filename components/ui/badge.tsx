import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'

const badgeVariants = cva(
  'inline-flex h-5.5 shrink-0 items-center gap-1 whitespace-nowrap rounded-status pr-2 pl-1.5 text-status [&>.lucide]:icon-small forced-colors:border',
  {
    variants: {
      tone: {
        success: 'bg-success-soft text-success-text',
        warn: 'bg-warn-soft text-warn-text',
        danger: 'bg-danger-soft text-danger-text',
        neutral: 'bg-sunken text-soft',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
)

/** An icon and a word on a tint, 22 high; the colour never says what the word doesn't. */
export function Badge({ tone, className, ...props }: ComponentProps<'span'> & VariantProps<typeof badgeVariants>) {
  return <span className={cn(badgeVariants({ tone }), className)} {...props} />
}
