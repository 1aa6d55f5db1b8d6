'use client'

import { Building, CirclePause } from 'lucide-react'
import Link from 'next/link'
import { OrganizationInitial } from '#components/organizations/organization-initial'
import { OverLimit } from '#components/organizations/over-limit'
import { Badge } from '#components/ui/badge'
import { cn } from '#components/ui/cn'
import { TextLink } from '#components/ui/text-link'
import type { CustomerView } from '#lib/organizations/view'

/** An organization in the list: its name, which leads to its tokens, its state, and what there is to note. */
export function CustomerName({ customer }: { customer: CustomerView }) {
  const closed = customer.status === 'closed'
  return (
    <div className="flex items-center gap-3">
      <OrganizationInitial name={customer.name} className={cn(closed && 'text-muted')} />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5">
          <Link
            href={`/o/${customer.slug}/tokens`}
            prefetch={false}
            className={cn(
              'rounded-strip underline-offset-3 [overflow-wrap:anywhere] hover:underline',
              closed ? 'font-book text-soft' : 'font-medium text-text',
            )}
          >
            <bdi>{customer.name}</bdi>
          </Link>
          {customer.status !== 'open' && (
            <Badge>
              {closed ? <Building aria-hidden /> : <CirclePause aria-hidden />}
              {closed ? 'Closed' : 'Suspended'}
            </Badge>
          )}
        </p>
        <Note customer={customer} />
        <OverLimit customer={customer} />
      </div>
    </div>
  )
}

/** What it is and where it stands: "Reseller, 1 customer", "Below Westbay". */
function Note({ customer: { kind, slug, below, status, suspendedBy, direct, parent } }: { customer: CustomerView }) {
  const count = `${below} ${below === 1 ? 'customer' : 'customers'}`
  return (
    <>
      {(kind === 'reseller' || !direct) && (
        <p className="text-muted text-small">
          {kind === 'reseller' && (
            <>
              Reseller,{' '}
              {status === 'closed' ? (
                count
              ) : (
                <TextLink href={`/o/${slug}/customers`} prefetch={false}>
                  {count}
                </TextLink>
              )}
            </>
          )}
          {kind === 'reseller' && !direct && ', '}
          {!direct && (
            <>
              {kind === 'reseller' ? 'below' : 'Below'} <bdi>{parent.name}</bdi>
            </>
          )}
        </p>
      )}
      {suspendedBy !== null && status === 'suspended' && (
        <p className="text-muted text-small">
          Because <bdi>{suspendedBy}</bdi> is
        </p>
      )}
    </>
  )
}
