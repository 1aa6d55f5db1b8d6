'use client'

import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { cn } from '#components/ui/cn'

export const Dialog = Primitive.Root
export const DialogClose = Primitive.Close

const AROUND = 'fixed inset-0 z-40 grid place-items-center p-6 max-sm:place-items-end max-sm:p-0'
// Low, so that what the page has in its middle can be reached.
const BESIDE = 'pointer-events-none items-end'
const SCRIM = 'bg-scrim data-[state=closed]:animate-scrim-out data-[state=open]:animate-scrim-in'

/**
 * The dialog's paper: 540 wide (`narrow`: 492), a sheet from below on a phone. Its parts, in order: DialogHeader,
 * then DialogBody and DialogFooter, which a form wraps as `<form className={dialogForm}>`. Without a
 * DialogDescription pass `aria-describedby={undefined}`. The X comes last, so focus starts at the first control inside.
 * Where the Dialog has `modal={false}`, `beside` lets the page around it be seen and used.
 */
export function DialogContent({
  width = 'default',
  beside = false,
  className,
  onInteractOutside,
  children,
  ...props
}: ComponentProps<typeof Primitive.Content> & { width?: 'default' | 'narrow'; beside?: boolean }) {
  const Around = beside ? 'div' : Primitive.Overlay
  return (
    <Primitive.Portal>
      <Around className={cn(AROUND, beside ? BESIDE : SCRIM)}>
        <Primitive.Content
          className={cn(
            'relative flex max-h-[calc(100dvh-3rem)] w-full flex-col overflow-hidden rounded-sheet bg-raised text-text shadow-dialog',
            'data-[state=closed]:animate-dialog-out data-[state=open]:animate-dialog-in',
            'max-sm:max-h-[calc(100dvh-1.5rem)] max-sm:max-w-none max-sm:rounded-b-none max-sm:rounded-t-phone',
            'forced-colors:border',
            beside && 'pointer-events-auto',
            width === 'narrow' ? 'sm:max-w-[492px]' : 'sm:max-w-[540px]',
            className,
          )}
          onInteractOutside={(event) => {
            if (event.target instanceof Element && event.target.closest('[data-sonner-toaster]')) event.preventDefault()
            onInteractOutside?.(event)
          }}
          {...props}
        >
          {children}
          <Primitive.Close asChild>
            <Button
              variant="quiet"
              size="icon"
              aria-label="Close"
              className="absolute top-5 right-4.5 touch:top-3 touch:right-3"
            >
              <X />
            </Button>
          </Primitive.Close>
        </Primitive.Content>
      </Around>
    </Primitive.Portal>
  )
}

/** For the form around a dialog's body and footer, so that the body alone scrolls. */
export const dialogForm = 'flex min-h-0 flex-col'

/** Title and sentence; leaves room for the X. */
export function DialogHeader({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('shrink-0 px-6 pt-6 pr-14 max-sm:px-5 max-sm:pr-14', className)} {...props} />
}

export function DialogTitle({ className, ...props }: ComponentProps<typeof Primitive.Title>) {
  return <Primitive.Title className={cn('text-dialog', className)} {...props} />
}

/** One sentence under the title. */
export function DialogDescription({ className, ...props }: ComponentProps<typeof Primitive.Description>) {
  return <Primitive.Description className={cn('mt-1 text-body text-soft', className)} {...props} />
}

/** The part that scrolls; its groups stand 18 apart. */
export function DialogBody({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      className={cn(
        'flex min-h-0 flex-col gap-4.5 overflow-y-auto overscroll-contain px-6 pt-4 pb-5.5 max-sm:px-5',
        className,
      )}
      {...props}
    />
  )
}

/** The foot under a hairline: Cancel left of the action. What stands at the far left takes `className="mr-auto"`. */
export function DialogFooter({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      className={cn(
        'flex shrink-0 flex-wrap items-center justify-end gap-2 border-t px-6 py-3.5 max-sm:px-5',
        'max-sm:pb-[max(0.875rem,env(safe-area-inset-bottom))]',
        className,
      )}
      {...props}
    />
  )
}

/**
 * The foot of a dialog that asks: Cancel, and the button that does it. It submits the form around it unless `onPress` is
 * given. With a red one the focus starts at Cancel.
 */
export function DialogFormFoot({
  verb,
  icon,
  variant = 'primary',
  pending,
  onPress,
}: {
  verb: string
  icon?: ReactNode
  variant?: 'primary' | 'danger'
  pending: boolean
  onPress?: () => void
}) {
  return (
    <DialogFooter>
      <Primitive.Close asChild>
        <Button autoFocus={variant === 'danger'}>Cancel</Button>
      </Primitive.Close>
      <Button variant={variant} pending={pending} {...(onPress ? { onClick: onPress } : { type: 'submit' })}>
        {icon}
        {verb}
      </Button>
    </DialogFooter>
  )
}
