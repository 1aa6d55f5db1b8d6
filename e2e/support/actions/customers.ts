import type { ActionRow } from './row'

const CUSTOMERS_PAGE = '/o/northwind/customers'
const named: ActionRow = { page: CUSTOMERS_PAGE, input: ({ alder }) => ({ organizationId: alder }) }

/** What admins do with the organizations below theirs. */
export const CUSTOMER_ACTIONS: Readonly<Record<string, ActionRow>> = {
  closeCustomer: {
    page: CUSTOMERS_PAGE,
    input: ({ alder }) => ({ organizationId: alder, name: 'Not its name' }),
    mayBe: { name: [''] },
  },
  editCustomer: {
    page: CUSTOMERS_PAGE,
    input: ({ alder }) => ({ organizationId: alder, name: 'Other', contact: '', tierId: alder, tokenLimit: 1 }),
    optional: ['name', 'contact', 'tierId', 'tokenLimit'],
    mayBe: { tokenLimit: [null, 5], contact: [''] },
  },
  openCustomer: {
    page: CUSTOMERS_PAGE,
    input: ({ alder }) => ({
      parentId: alder,
      name: 'Never opened',
      slug: 'never-opened',
      kind: 'customer',
      tierId: alder,
      contact: 'nobody@example.com',
      adminEmail: 'nobody@example.com',
    }),
    optional: ['tierId', 'contact', 'adminEmail'],
    mayBe: { contact: [''], adminEmail: [''] },
  },
  resumeCustomer: named,
  suspendCustomer: named,
}
