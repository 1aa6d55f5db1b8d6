import { Download } from 'lucide-react'
import { buttonVariants } from '#components/ui/button'
import { cn } from '#components/ui/cn'
import { type TokenSearch, tokenListHref } from '#lib/tokens/search'

/** The way to the whole list as a file: what search and filter find, in the order shown. */
export function CsvLink({ path, search, className }: { path: string; search: TokenSearch; className: string }) {
  return (
    // Not a page: the browser stays where it is and saves what comes.
    <a
      href={tokenListHref(path, search, {})}
      className={cn(buttonVariants({ variant: 'quiet' }), '-mr-3.25 max-sm:-ml-4', className)}
    >
      <Download aria-hidden />
      Download CSV
    </a>
  )
}
