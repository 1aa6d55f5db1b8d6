import type { ReactNode } from 'react'
import { inDigits } from '#components/tokens/counted'
import { Panel } from '#components/ui/panel'

export type RankedRow = { readonly key: string; readonly name: ReactNode; readonly count: number }

/** What came most, as bars of one scale with their numbers: a table, so that nothing stands behind it. */
export function Ranking({
  heading,
  aside,
  of,
  rows,
  rest = null,
  none,
  mono = false,
  tone = 'good',
  className,
}: {
  heading: string
  aside?: ReactNode
  /** What is ranked, as the head of the first column, and what is counted. */
  of: readonly [what: string, counted: string]
  rows: readonly RankedRow[]
  /** Those that are left out, together. */
  rest?: { readonly groups: number; readonly count: number } | null
  /** What is said where there is none. */
  none: string
  mono?: boolean
  tone?: 'good' | 'refused'
  className?: string
}) {
  const others = rest !== null && rest.groups > 0 ? rest : null
  const most = Math.max(1, ...rows.map(({ count }) => count))
  const fill = tone === 'good' ? 'bg-chart-good' : 'bg-chart-refused'
  return (
    <Panel heading={heading} aside={aside} {...(className ? { className } : {})}>
      {rows.length === 0 ? (
        <p className="text-soft">{none}</p>
      ) : (
        <table className="w-full table-fixed border-separate border-spacing-y-1">
          <thead className="sr-only">
            <tr>
              <th scope="col">{of[0]}</th>
              <th scope="col">{of[1]}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, count }) => (
              <tr key={key}>
                <th
                  scope="row"
                  className={`py-0.5 pr-3 text-left font-normal [overflow-wrap:anywhere] ${mono ? 'text-mono leading-5' : ''}`}
                >
                  {name}
                </th>
                <td className="w-1/2 py-0.5">
                  <span className="flex items-center gap-3">
                    <span
                      aria-hidden
                      className="h-1.5 min-w-0 flex-1 overflow-hidden rounded-full bg-chart-rest forced-color-adjust-none print:[print-color-adjust:exact]"
                    >
                      <span
                        className={`block h-full rounded-full ${fill}`}
                        style={{ width: `max(2px, ${(count / most) * 100}%)` }}
                      />
                    </span>
                    <span className="w-18 shrink-0 text-right">{inDigits(count)}</span>
                  </span>
                </td>
              </tr>
            ))}
            {others !== null && (
              <tr className="text-soft">
                <th scope="row" className="py-0.5 pr-3 text-left font-normal">
                  {inDigits(others.groups)} {others.groups === 1 ? 'other' : 'others'}
                </th>
                <td className="py-0.5 text-right">{inDigits(others.count)}</td>
              </tr>
            )}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
