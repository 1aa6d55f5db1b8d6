import { expect, test } from 'vitest'
import { newsOfDesk } from '#lib/accounts/provider/view'

test('the desk tells what happened at the provider, and not what a link says that did not', () => {
  expect(newsOfDesk('linked', 'linked', 'Example ID')).toMatchObject({ good: true })
  expect(newsOfDesk('taken', 'taken', 'Example ID')).toMatchObject({ good: false })
  for (const ended of [null, '', 'confirmed', 'taken']) expect(newsOfDesk('linked', ended, 'Example ID')).toBeNull()
  expect(newsOfDesk('<made up>', '<made up>', 'Example ID')).toBeNull()
})
