'use client'

import { Instant } from '#components/time/instant'
import { useClock } from '#components/time/now'
import { addressOf } from '#components/tokens/callers'
import { counted, inDigits } from '#components/tokens/counted'
import { UsageBars } from '#components/tokens/usage-bars'
import { Panel } from '#components/ui/panel'
import { REFUSALS } from '#lib/usage/choices'
import type { Callers, TokenUsage } from '#lib/usage/view'

/** On a token's page: how it was used in the last 30 days, why it was refused, and who presented it. */
export function TokenUsagePanels({ usage }: { usage: TokenUsage }) {
  const { days, refusals, callers } = usage
  const refused = refusals.reduce((sum, { count }) => sum + count, 0)
  const total = refused + days.reduce((sum, { active }) => sum + active, 0)
  return (
    <>
      <Panel heading="Requests a day" aside="Last 30 days, UTC">
        {total === 0 ? (
          <p className="text-soft">Nobody presented it in the last 30 days.</p>
        ) : (
          <>
            <p className="text-soft">
              <strong className="text-text">{counted(total, 'request')}</strong> in 30 days,{' '}
              {refused === 0 ? 'all good' : `${share(total - refused, total)} good`}.
            </p>
            <UsageBars days={days} />
          </>
        )}
        {refusals.length > 0 && (
          <ul aria-label="Refusals by reason" className="mt-3 space-y-1 text-soft">
            {refusals.map(({ outcome, count }) => (
              <li key={outcome}>
                {REFUSALS[outcome]}: <strong className="text-text">{inDigits(count)}</strong> refused
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {callers.callers.length > 0 && <CallerTable callers={callers} />}
    </>
  )
}

// Never 100 % where something was refused.
const share = (part: number, whole: number) => `${Math.floor((part / whole) * 1_000) / 10} %`

function CallerTable({ callers: { callers, more } }: { callers: Callers }) {
  return (
    <Panel heading="Callers, last 7 days">
      <table className="w-full">
        <thead>
          <tr className="text-left text-muted text-small [&>th]:pb-1.5 [&>th]:pl-3 [&>th]:font-medium [&>th]:first:pl-0">
            <th>Service</th>
            <th className="max-sm:hidden">IP address</th>
            <th className="text-right">Requests</th>
            <th className="text-right max-sm:hidden">Refused</th>
            <th className="text-right">Last seen</th>
          </tr>
        </thead>
        <tbody className="divide-y border-t">
          {callers.map((caller) => (
            <tr key={caller.address} className="[&>td]:py-2 [&>td]:pl-3 [&>td]:first:pl-0">
              <td className="text-mono leading-5 [overflow-wrap:anywhere]">
                {caller.userAgent ?? <span className="text-muted">no user agent</span>}
                <span className="block text-soft sm:hidden">{addressOf(caller)}</span>
              </td>
              <td className="text-mono text-soft leading-5 [overflow-wrap:anywhere] max-sm:hidden">
                {addressOf(caller)}
              </td>
              <td className="text-right">{inDigits(caller.count)}</td>
              <td className="text-right max-sm:hidden">{inDigits(caller.refused)}</td>
              <td className="whitespace-nowrap text-right text-soft">
                <LastSeen hour={caller.lastHour} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="mt-2 text-muted text-small">and {inDigits(more)} more</p>}
    </Panel>
  )
}

// It is known by the hour.
function LastSeen({ hour }: { hour: Date }) {
  const isNow = useClock((now) => now.getTime() - hour.getTime() < 3_600_000)
  return isNow ? 'Within the hour' : <Instant at={hour} />
}
