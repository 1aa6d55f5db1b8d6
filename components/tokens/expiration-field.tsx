'use client'

import { daysLater } from '#components/time/day'
import { formatDate, formatDeadlineDate, formatDeadlineExact } from '#components/time/format'
import { useClock } from '#components/time/now'
import {
  dayRange,
  type ExpirationChoice,
  type ExpirationLimits,
  type ExpirationValue,
  expirationOptions,
  expiryOf,
  lockReason,
} from '#components/tokens/expiration'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Segmented } from '#components/ui/segmented'

/** How long a token is to live. `keep` names the present expiry and offers to leave it. */
export function ExpirationField({
  value,
  onChange,
  limits,
  error,
  keep,
}: {
  value: ExpirationValue
  onChange: (value: ExpirationValue) => void
  limits: ExpirationLimits
  error: string | undefined
  keep?: { readonly expiresAt: Date | null }
}) {
  const custom = value.choice === 'custom'
  const options = expirationOptions(limits, { withUsual: keep === undefined })
  const until = useUntil(expiryOf(value, limits), custom)
  const kept = useUntil(keep?.expiresAt, false)
  const choices = keep
    ? [
        { value: 'keep' as const, label: `Keep: ${keep.expiresAt === null ? 'Never' : kept.replace('Until ', '')}` },
        ...options,
      ]
    : options
  const { latest, longestLifetimeDays: longest } = limits
  const since = useClock((_, timeZone) =>
    keep && latest !== null && longest !== null ? formatDate(daysLater(latest, -longest), timeZone) : '',
  )
  const range = dayRange(limits)
  const hint = [custom ? '' : until && `${until}.`, lockReason(options, limits, since)].filter(Boolean).join(' ')
  return (
    <>
      <Field group label="Expiration" hint={hint} error={custom ? undefined : error}>
        <Segmented<ExpirationChoice>
          value={value.choice}
          onValueChange={(choice) => onChange({ ...value, choice })}
          options={choices}
          // Seven do not fit on one line: the present expiry has one of its own, else they stand in fours.
          className={keep ? '[&>:first-child]:basis-full' : choices.length > 6 ? '[&>*]:basis-[22%]' : undefined}
        />
      </Field>
      {custom && (
        <Field className="-mt-2" label="Last day" hint={until && `${until}.`} error={error}>
          <Input
            type="date"
            min={range.min}
            max={range.max}
            value={value.day}
            className="sm:w-48"
            onChange={(event) => onChange({ ...value, day: event.target.value })}
          />
        </Field>
      )}
    </>
  )
}

/** "Until 14 Feb 2027", to the minute where asked; "It never expires" and nothing where nothing is known. */
function useUntil(expiry: Date | null | undefined, exact: boolean): string {
  return useClock((_, timeZone) => {
    if (expiry === null) return 'It never expires'
    if (expiry === undefined) return ''
    return exact ? formatDeadlineExact(expiry, timeZone) : `Until ${formatDeadlineDate(expiry, timeZone)}`
  })
}
