import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { settleForwarding, trustedProxies } from '#lib/forwarding'

function settled(peer: string, headers: Record<string, string>, trusted: string[]) {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: peer })
  const request = new IncomingMessage(socket)
  Object.assign(request.headers, headers)
  settleForwarding(request, trustedProxies(trusted))
  return request.headers
}

test('what a stranger says of forwarding is dropped, and its own address stands instead', () => {
  const said = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil',
    forwarded: 'for=1',
    'x-request-id': 'made-up',
  }
  expect(settled('198.51.100.7', said, ['10.0.0.0/8'])).toEqual({ 'x-forwarded-for': '198.51.100.7' })
})

test('behind trusted proxies the client is the last address that is none of them, whatever it made up before', () => {
  const said = { 'x-forwarded-for': '1.2.3.4, 203.0.113.9, 10.0.0.2', 'x-forwarded-proto': 'https' }
  expect(settled('10.0.0.1', said, ['10.0.0.0/8'])).toEqual({
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https',
  })
  expect(settled('::ffff:10.0.0.1', said, ['10.0.0.0/8'])['x-forwarded-for']).toBe('203.0.113.9')
})

test('a port beside the address is left out, and what cannot be read hides whatever stands before it', () => {
  const clientOf = (chain: string) =>
    settled('10.0.0.1', { 'x-forwarded-for': chain }, ['10.0.0.0/8'])['x-forwarded-for']
  expect(clientOf('192.0.2.77, 203.0.113.9:51234')).toBe('203.0.113.9')
  expect(clientOf('192.0.2.77, [2001:db8::1]:51234')).toBe('2001:db8::1')
  expect(clientOf('192.0.2.77, unknown')).toBe('10.0.0.1')
  expect(clientOf('192.0.2.77, unknown, 10.0.0.2')).toBe('10.0.0.2')
})

test('a trusted proxy that names nobody is itself the client', () => {
  expect(settled('10.0.0.1', {}, ['10.0.0.0/8'])['x-forwarded-for']).toBe('10.0.0.1')
})
