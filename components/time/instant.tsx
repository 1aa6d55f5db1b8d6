'use client'

import { formatDate, formatExact, formatInstant } from '#components/time/format'
import { useClock } from '#components/time/now'

/** When something happened: relative under 30 days, else the date; `inSentence` writes it in lower case. */
export function Instant({ at, inSentence = false, className }: { at: Date; inSentence?: boolean; className?: string }) {
  const text = useClock((now, timeZone) => formatInstant(at, now, timeZone))
  return (
    <Time at={at} className={className}>
      {inSentence && text === 'Just now' ? 'just now' : text}
    </Time>
  )
}

/** The day on which something happened, always as a date. */
export function Day({ at, className }: { at: Date; className?: string }) {
  const text = useClock((_, timeZone) => formatDate(at, timeZone))
  return (
    <Time at={at} className={className}>
      {text}
    </Time>
  )
}

function Time({ at, className, children }: { at: Date; className: string | undefined; children: string }) {
  const exact = useClock((_, timeZone) => formatExact(at, timeZone))
  return (
    <time dateTime={at.toISOString()} title={exact} className={className}>
      {children}
    </time>
  )
}
