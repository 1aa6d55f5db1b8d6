import { expect, test } from 'vitest'
import { greeting } from '#lib/server/greeting'

const start = {
  appUrl: 'http://localhost:3001',
  port: { wanted: 3000, got: 3001 },
  verifiers: [],
  dataPath: undefined,
  setupLink: null,
  demo: undefined,
}

test('a port that was taken is said, any other is not', () => {
  expect(greeting(start)).toContain('Port 3000 is taken, so it is 3001.')
  expect(greeting({ ...start, port: { wanted: 3001, got: 3001 } })).not.toContain('taken')
  expect(greeting({ ...start, port: { wanted: 0, got: 3001 } })).not.toContain('taken')
})

test('verifiers beside it are told with their addresses, and why they are not where they were asked to be', () => {
  const verifier = { name: 'verifier-1', wanted: 3002, url: 'http://localhost:3002' }
  const told = greeting({
    ...start,
    verifiers: [
      verifier,
      { ...verifier, name: 'verifier-2', url: 'http://localhost:3009' },
      { ...verifier, name: 'verifier-3', url: null },
    ],
  })
  expect(told).toContain('verifier-1  http://localhost:3002\n')
  expect(told).toContain('verifier-2  http://localhost:3009, as port 3002 is taken\n')
  expect(told).toContain('verifier-3  is not ready yet\n')
  expect(greeting(start)).not.toContain('verifier')
})

test('the set-up link and the folder of the data are told where there are any', () => {
  const told = greeting({ ...start, dataPath: '/srv/data', setupLink: 'http://localhost:3001/setup#x' })
  expect(told).toContain('/srv/data')
  expect(told).toContain('\nhttp://localhost:3001/setup#x\n')
  expect(greeting(start)).not.toMatch(/set it up|data/i)
})

test('the demo tells its accounts, their password and a curl line for the port it got', () => {
  const demo = { accounts: [{ email: 'owner@demo.example', what: 'admin of Alder' }], password: 'tokenry-demo' }
  const told = greeting({ ...start, demo })
  expect(told).toMatch(/owner@demo\.example +admin of Alder/)
  expect(told).toContain('the password tokenry-demo')
  expect(told).toContain('curl -s -H "Authorization: Bearer $TOKENRY_TOKEN" http://localhost:3001/api/v1/me')
})
