import { cva, type VariantProps } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'

export const buttonVariants = cva(
  [
    'relative inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-control border border-transparent text-control',
    'whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-50',
    'aria-disabled:cursor-default',
  ],
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-fill shadow-fill hover:bg-accent-hover active:bg-accent-hover',
        secondary: 'border-line-strong/60 bg-raised text-text shadow-control hover:bg-hover active:bg-sunken',
        quiet: 'text-soft hover:bg-sunken hover:text-text active:bg-sunken aria-expanded:bg-sunken',
        danger: 'bg-danger text-on-fill shadow-fill hover:bg-danger-hover active:bg-danger-hover',
      },
      size: {
        default: 'h-8.5 px-3.25 touch:h-11 touch:px-4',
        small: 'h-7 px-2.25 touch:h-11 touch:px-4',
        icon: 'size-7.5 touch:size-11',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'default' },
  },
)

type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonVariants> & {
    /** Draws the one child (a link, a trigger) as a button instead. */
    asChild?: boolean
    /** Something is under way: the button keeps its width and its focus and does nothing. */
    pending?: boolean
  }

/** A button; `type` is `button` unless said otherwise. An icon-only one needs an `aria-label`. */
export function Button({ variant, size, asChild, pending = false, className, children, ...props }: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className)
  if (asChild)
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    )
  if (!pending)
    return (
      <button type="button" className={classes} {...props}>
        {children}
      </button>
    )
  return (
    <button
      type="button"
      {...props}
      className={classes}
      aria-busy
      aria-disabled
      onClick={(event) => event.preventDefault()}
    >
      <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
      <LoaderCircle className="absolute animate-spin" />
    </button>
  )
}
