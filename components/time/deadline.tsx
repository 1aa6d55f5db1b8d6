'use client'

import { CalendarClock } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatDeadlineDate, formatDeadlineExact, formatRemaining, isSoon } from '#components/time/format'
import { useClock } from '#components/time/now'

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** When something ends: within 14 days an icon and "In 9 days", before and after that the date. */
export function Deadline({ at }: { at: Date }) {
  const soon = useClock((now) => isSoon(at, now))
  if (!soon) return <DeadlineDate at={at} />
  return (
    <span className="inline-flex items-baseline gap-1.5 whitespace-nowrap font-semibold text-text">
      <CalendarClock aria-hidden className="self-center" />
      <Remaining at={at} />
    </span>
  )
}

/** The day on which something ends, always as a date; midnight counts as the end of the day before. */
export function DeadlineDate({ at }: { at: Date }) {
  const text = useClock((_, timeZone) => formatDeadlineDate(at, timeZone))
  return <Until at={at}>{text}</Until>
}

/** How long is left: "In 9 days", or "in 9 days" in a sentence. */
export function Remaining({ at, inSentence = false }: { at: Date; inSentence?: boolean }) {
  const text = useClock((now) => formatRemaining(at, now))
  return <Until at={at}>{inSentence ? text : sentenceCase(text)}</Until>
}

/** "until 14 Feb 2027, 14:06 CET", to the minute, for a sentence. */
export function UntilExact({ at }: { at: Date }) {
  const exact = useClock((_, timeZone) => formatDeadlineExact(at, timeZone))
  return <time dateTime={at.toISOString()}>{exact.replace(/^Until/, 'until')}</time>
}

function Until({ at, children }: { at: Date; children: ReactNode }) {
  const exact = useClock((_, timeZone) => formatDeadlineExact(at, timeZone))
  return (
    <time dateTime={at.toISOString()} title={exact}>
      {children}
    </time>
  )
}
