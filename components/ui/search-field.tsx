import { Search } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'
import { Input } from '#components/ui/input'

/** A search field with its glass; `aria-label` names it. */
export function SearchField({ className, ...props }: ComponentProps<'input'> & { 'aria-label': string }) {
  return (
    <div className={cn('relative h-9 touch:h-11', className)}>
      <Search className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-muted" />
      <Input type="search" autoComplete="off" spellCheck={false} className="pl-9" {...props} />
    </div>
  )
}
