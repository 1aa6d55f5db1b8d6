import { z } from 'zod'
import { type Entry, USUAL } from '#lib/api/document/entry'
import { OURS } from '#lib/api/document/refusals'

const shared = { ...USUAL, method: 'GET', tag: 'Server', access: 'none' } as const
const HOST = [OURS.badHost, OURS.badPath, OURS.tooLarge]
const word = <Word extends string>(text: Word) => z.strictObject({ status: z.literal(text) })

/** What the server tells of itself. */
export const SERVER_ROUTES: readonly Entry[] = [
  {
    ...shared,
    name: 'checkHealth',
    path: '/api/health',
    summary: 'Tells that the process answers; nothing of the database.',
    answers: { 200: word('ok') },
    refusals: HOST,
  },
  {
    ...shared,
    name: 'checkReadiness',
    path: '/api/ready',
    summary: 'Tells whether this server can do its work now: whether its database answers within two seconds.',
    answers: { 200: word('ready'), 503: word('unavailable').extend({ reason: z.string() }) },
    refusals: HOST,
  },
  {
    ...shared,
    name: 'readMetrics',
    path: '/api/metrics',
    summary: 'Tells metrics in the text format of Prometheus.',
    description:
      'To METRICS_TOKEN as a bearer token, and without it to this very machine, where no proxy forwarded the request.',
    access: 'metrics',
    mediaType: 'text/plain',
    answers: { 200: z.string() },
    refusals: [OURS.invalidToken, OURS.nothingHere, OURS.tooLarge],
  },
  {
    ...shared,
    name: 'readApiDocument',
    path: '/api/openapi.json',
    summary: 'This document. It has an ETag: with If-None-Match it is answered only when it is another.',
    answers: { 200: z.looseObject({ openapi: z.string() }), 304: null },
    refusals: HOST,
  },
]
