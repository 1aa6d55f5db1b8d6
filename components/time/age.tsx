'use client'

import { formatAge, isOlderThanAYear } from '#components/time/format'
import { useClock } from '#components/time/now'

/** How long ago something came to be: "3 months ago". */
export function Age({ of }: { of: Date }) {
  const text = useClock((now) => formatAge(of, now))
  return <time dateTime={of.toISOString()}>{text}</time>
}

/** Whether that is more than a year ago; nothing is never old. */
export const useIsOlderThanAYear = (at: Date | null) => useClock((now) => at !== null && isOlderThanAYear(at, now))
