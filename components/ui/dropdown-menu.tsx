'use client'

import { Check } from 'lucide-react'
import { DropdownMenu as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'
import { menuSurface } from '#components/ui/menu-surface'

/** A menu; the page behind stays alive, and a click on it closes the menu. */
function DropdownMenu(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root modal={false} {...props} />
}

const DropdownMenuTrigger = Primitive.Trigger
const DropdownMenuRadioGroup = Primitive.RadioGroup

const menuItem =
  'flex min-h-8 w-full select-none items-center gap-2.5 rounded-control px-2.5 py-1.5 text-body outline-offset-[-2px] touch:min-h-11 data-[highlighted]:bg-sunken data-[disabled]:text-muted forced-colors:data-[highlighted]:outline-2 [&>.lucide]:text-muted'

/** The menu itself. It stands where it is written, not in a portal, so that it belongs to its landmark. */
function DropdownMenuContent({
  className,
  sideOffset = 6,
  align = 'end',
  ...props
}: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Content
      sideOffset={sideOffset}
      align={align}
      collisionPadding={8}
      className={cn(
        menuSurface,
        'max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-[calc(100vw-1rem)] overflow-y-auto text-left',
        className,
      )}
      {...props}
    />
  )
}

/** One line of a menu: an icon, if any, then the words. */
function DropdownMenuItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return <Primitive.Item className={cn(menuItem, className)} {...props} />
}

/** One of several, the chosen one ticked. */
function DropdownMenuRadioItem({ className, children, ...props }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={cn(menuItem, className)} {...props}>
      {children}
      <Primitive.ItemIndicator className="ml-auto">
        <Check className="text-accent-text" />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  )
}

function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label className={cn('px-2.5 pt-1.5 pb-1 text-muted text-small', className)} {...props} />
}

function DropdownMenuSeparator({ className, ...props }: ComponentProps<typeof Primitive.Separator>) {
  return <Primitive.Separator className={cn('-mx-1 my-1 h-px bg-line', className)} {...props} />
}

/** What a menu is written from. */
export const menuParts = {
  DropdownMenu,
  DropdownMenuTrigger,
  DropdownMenuRadioGroup,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuRadioItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
}
