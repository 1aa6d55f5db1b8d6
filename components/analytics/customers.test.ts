import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CustomerUsageList } from '#components/analytics/customers'
import { loadAnalyticsSearch } from '#lib/usage/search'

test('without a comparison there is no column of it, no link that sorts by it, and none that says it is sorted so', () => {
  const row = { id: 'a', slug: 'fir', name: 'Fir', kind: 'customer', closed: false, lastUsedAt: null } as const
  const drawn = (compares: boolean) => {
    const rows = [{ ...row, requests: 2, refused: 0, change: compares ? -1 : null }]
    const page = { rows, first: 1, total: 1, hasMore: false }
    const search = loadAnalyticsSearch('?sort=-change')
    return renderToStaticMarkup(createElement(CustomerUsageList, { path: '/o/northwind', search, page, compares }))
  }
  expect(drawn(true)).toMatch(/Change/)
  expect(drawn(false)).not.toMatch(/Change|time before|sort=change/)
  expect(drawn(false)).toMatch(/aria-sort="descending"[^>]*>(?:<[^>]*>)*Requests/)
})
