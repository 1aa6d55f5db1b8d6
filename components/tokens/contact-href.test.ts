import { expect, test } from 'vitest'
import { contactHref } from '#components/tokens/contact-href'

test.each([
  ['help@northwind.example', 'mailto:help@northwind.example'],
  ['a+b@x.example', 'mailto:a%2Bb@x.example'],
  ['a?bcc=x@x.example', 'mailto:a%3Fbcc%3Dx@x.example'],
  ['https://northwind.example/help?a=1', 'https://northwind.example/help?a=1'],
  ['javascript:alert(1)', null],
  ['javascript:alert(1)//@x.example', null],
  ['data:text/html,x', null],
  ['call us', null],
  ['', null],
  [null, null],
])('the contact %j leads to %j', (contact, href) => {
  expect(contactHref(contact)).toBe(href)
})
