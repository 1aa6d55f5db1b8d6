import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, test } from 'vitest'
import { apiDocument } from '#lib/api/document/document'
import { refusalOf, WHEN } from '#lib/api/document/refusals'
import { openJudge } from '#lib/api/document/testing/judge'
import type { OperationObject } from '#lib/api/document/types'
import { DomainError } from '#lib/errors'

const document = apiDocument('https://tokens.example')
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

test('a linter of such documents finds nothing wrong by its recommended rules, with or without an origin', async () => {
  const config = await createConfig({ extends: ['recommended'] })
  for (const appUrl of ['https://tokens.acme.test', undefined]) {
    const source = JSON.stringify(apiDocument(appUrl))
    const found = await lintFromString({ source, config })
    expect(found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([])
  }
})

test('every example fits its schema', () => {
  const { faults } = openJudge(document)
  const contents = operations.flatMap(({ operation: { operationId, requestBody, responses } }) =>
    [requestBody, ...Object.values(responses)].flatMap((each) =>
      Object.values(each?.content ?? {}).map((content) => ({ operationId, content })),
    ),
  )
  const found = contents.flatMap(({ operationId, content: { schema, example, examples = {} } }) =>
    [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)]
      .flatMap((value) => faults(schema, value))
      .map((fault) => `${operationId} ${fault}`),
  )
  expect(found).toEqual([])
})

const codesOf = ({ responses }: OperationObject) =>
  Object.entries(responses).flatMap(([status, { content }]) =>
    Object.keys(content?.['application/problem+json']?.examples ?? {}).map((code) => ({ status, code })),
  )

test('every code that can come says when', () => {
  const silent = operations.flatMap(({ operation }) => codesOf(operation)).filter(({ code }) => !(code in WHEN))
  expect(silent).toEqual([])
  expect(refusalOf('name_taken')).toEqual([new DomainError('name_taken', '').status, 'name_taken'])
})

test('a key is needed and of one form where every answer holds a secret, and nowhere else', () => {
  const keyOf = (path: string) =>
    document.paths[path]?.['post']?.parameters.find(({ name }) => name === 'Idempotency-Key')
  const { faults } = openJudge(document)
  const fits = (path: string, key: string) => faults(keyOf(path)?.schema ?? {}, key).length === 0
  const reveal = '/api/v1/tokens/{tokenId}/reveal'
  expect(keyOf(reveal)).toMatchObject({ required: true, description: expect.not.stringContaining('optional') })
  expect(fits(reveal, 'order-17')).toBe(false)
  for (const path of ['/api/v1/tokens', '/api/v1/tokens/{tokenId}/rotate']) {
    expect(keyOf(path), path).toMatchObject({
      required: false,
      description: expect.stringMatching(/"reveal": false.*optional/),
    })
    for (const key of ['a', 'order-17', 'k'.repeat(255)]) expect(fits(path, key), path).toBe(true)
    for (const key of ['', 'k'.repeat(256)]) expect(fits(path, key), path).toBe(false)
  }
  const needed = operations.filter(({ operation }) =>
    operation.parameters.some(({ name, required }) => name === 'Idempotency-Key' && required),
  )
  expect(needed.map(({ path }) => path)).toEqual([reveal])
})

test('every operation says how it looks in three languages, and no sample holds a secret', () => {
  for (const { operation } of operations) {
    const samples = operation['x-codeSamples']
    expect(samples.map(({ label }) => label)).toEqual(['curl', 'JavaScript', 'Python'])
    for (const { source } of samples) {
      expect(source).toContain('TOKENRY_URL')
      expect(source).not.toMatch(/tok_(?:org|pat|svc)_/)
      if (operation.security.some((scheme) => 'token' in scheme)) expect(source).toContain('TOKENRY_TOKEN')
    }
  }
})
