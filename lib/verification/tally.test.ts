import { expect, test } from 'vitest'
import { openTally } from '#lib/verification/tally'

test('answers are counted by route and class of status, each in every bucket that it fits', () => {
  const tally = openTally()
  for (const ms of [0.4, 0.5, 0.6, 30_000]) tally.answered('verify', 200, ms)
  tally.answered('verify', 503, 3)
  tally.answered('me', 401, 1)
  const lines = tally.text().split('\n')
  const of = (name: string) => lines.filter((line) => line.startsWith(name))
  expect(of('tokenry_verifier_request_seconds_bucket{le="0.0005",route="verify",status="2xx"}')[0]).toMatch(/ 2$/)
  expect(of('tokenry_verifier_request_seconds_bucket{le="0.001",route="verify",status="2xx"}')[0]).toMatch(/ 3$/)
  expect(of('tokenry_verifier_request_seconds_bucket{le="2.5",route="verify",status="2xx"}')[0]).toMatch(/ 3$/)
  expect(of('tokenry_verifier_request_seconds_bucket{le="+Inf",route="verify",status="2xx"}')[0]).toMatch(/ 4$/)
  expect(of('tokenry_verifier_request_seconds_count{route="verify",status="2xx"}')[0]).toMatch(/ 4$/)
  expect(of('tokenry_verifier_request_seconds_count{route="verify",status="5xx"}')[0]).toMatch(/ 1$/)
  expect(of('tokenry_verifier_request_seconds_count{route="me",status="4xx"}')[0]).toMatch(/ 1$/)
  expect(of('tokenry_verifier_request_seconds_sum{route="me",status="4xx"}')[0]).toMatch(/ 0\.001$/)
})
