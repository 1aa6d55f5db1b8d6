import type { Metadata } from 'next'
import { CustomersScreen } from '#components/organizations/customers-screen'
import { customerFormOptions } from '#lib/organizations/customer-options'
import { findCustomer } from '#lib/organizations/find-customer'
import { listCustomers } from '#lib/organizations/list-customers'
import { loadCustomerSearch } from '#lib/organizations/search'
import { orNotFound } from '../../../or-not-found'
import { openDesk } from '../desk'
import * as actions from './actions'

export const metadata: Metadata = { title: 'Customers' }

/** The organizations below a platform or a reseller. */
export default async function CustomersPage({ params, searchParams }: PageProps<'/o/[slug]/customers'>) {
  const { slug } = await params
  const { ctx, organization } = await openDesk(slug)
  const search = await loadCustomerSearch(searchParams)
  const [options, page, editing] = await orNotFound(
    Promise.all([
      customerFormOptions(ctx, organization),
      listCustomers(ctx, organization, search),
      search.edit === null ? null : findCustomer(ctx, organization, search.edit),
    ]),
  )
  return (
    <CustomersScreen
      path={`/o/${slug}/customers`}
      page={page}
      search={search}
      editing={editing}
      options={options}
      actions={actions}
    />
  )
}
