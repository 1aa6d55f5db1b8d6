import { hash } from 'node:crypto'
import { z } from 'zod'
import { INSTANTS } from '#lib/instant'
import { MOST_DAYS, type Period } from '#lib/usage/period'
import type { UsageQuestion } from '#lib/usage/question'
import type { UsagePlace } from '#lib/usage/read'

const DAY_MS = 86_400_000

const Written = z.tuple([
  z.string(),
  z.int(),
  z.int(),
  z.int(),
  z
    .string()
    .refine((group) => group.isWellFormed() && !group.includes('\0'))
    .nullable(),
])

/** What a cursor says: the period that it was made for, and where in it. */
export type UsageCursor = { readonly period: Period; readonly place: UsagePlace; readonly of: string }

/** A row's place in the answer to a question, as an opaque text for URLs. */
export const usageCursor = (question: UsageQuestion, { start, group }: UsagePlace): string =>
  Buffer.from(
    JSON.stringify([digestOf(question), question.from.getTime(), question.to.getTime(), start.getTime(), group]),
  ).toString('base64url')

/** Reads one; null where it is none of ours. */
export function parseUsageCursor(text: string): UsageCursor | null {
  try {
    const [of, from, to, start, group] = Written.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    // The first day may begin before the period does.
    if (start < from - DAY_MS || start >= to) return null
    // Where no beginning was asked for, it lies before the first instant that can be.
    if (from < INSTANTS.first - MOST_DAYS * DAY_MS || to >= INSTANTS.end) return null
    return { of, period: { from: new Date(from), to: new Date(to) }, place: { start: new Date(start), group } }
  } catch {
    return null
  }
}

/** Whether it was made for that very question. */
export const isCursorOf = (cursor: UsageCursor, question: UsageQuestion): boolean => cursor.of === digestOf(question)

const digestOf = ({ organizationId, from, to, interval, groupBy, timeZone }: UsageQuestion) =>
  hash('sha256', JSON.stringify([organizationId, from, to, interval, groupBy, timeZone]), 'base64url').slice(0, 16)
