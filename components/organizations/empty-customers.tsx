import type { ReactNode } from 'react'
import { EmptyState, Steps } from '#components/ui/empty-state'
import { TextLink } from '#components/ui/text-link'
import { type CustomerSearch, customerListHref } from '#lib/organizations/search'

const STEPS = [
  { title: 'Open it', text: 'A name is enough. It begins with one token, Default.' },
  { title: 'Choose its tier', text: 'Up to your own. You can change it later.' },
  { title: 'Hand it over', text: 'Only its own members can reveal its tokens.' },
] as const

/** Where the list would be, before there is a customer. */
export function EmptyCustomers({ organizationName, action }: { organizationName: string; action: ReactNode }) {
  return (
    <EmptyState
      heading="No customers yet"
      text={
        <>
          A customer is an organization below <bdi>{organizationName}</bdi>, with a tier, tokens and people of its own.
        </>
      }
      action={action}
    >
      <Steps steps={STEPS} />
    </EmptyState>
  )
}

const WORDS = { all: '', limit: 'at or over its limit', suspended: 'suspended', closed: 'closed' } as const

/** That nothing matches search and filter, in words, and the way out. */
export function NoCustomerMatches({ path, search, total }: { path: string; search: CustomerSearch; total: number }) {
  // A page can empty under its cursor, by what changes elsewhere.
  if (total > 0)
    return (
      <p className="py-10 text-soft">
        Nothing is left on this page. <TextLink href={customerListHref(path, search, {})}>First page</TextLink>
      </p>
    )
  const that = WORDS[search.show] === '' ? '' : ` that is ${WORDS[search.show]}`
  return (
    <div className="py-10" role="status">
      <p className="text-soft">
        {search.q === '' ? (
          `No customer${that}.`
        ) : (
          <>
            No customer{that} matches &apos;<bdi className="break-words text-text">{search.q}</bdi>&apos;.
          </>
        )}
      </p>
      <p className="mt-1.5">
        <TextLink href={path}>Clear filters</TextLink>
      </p>
    </div>
  )
}
