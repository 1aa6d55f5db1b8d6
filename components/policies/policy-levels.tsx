import { ArrowDownToLine, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn'
import { POLICY_NAMES, POLICY_TITLES, policyWords } from '#lib/policies/choices'
import type { Policies, PolicyName, PolicyTable } from '#lib/policies/view'

const ABOUT: Readonly<Record<PolicyName, string>> = {
  revealPolicy: 'How often a secret can be seen',
  deletePolicy: 'Which tokens can be deleted',
  longestLifetimeDays: 'For new and edited tokens',
  neverExpiringAllowed: 'Whether a token may have no end',
}

const MOST_COLUMNS = 4

// Said again, because `display: block` takes an element's own role away.
const ROLES = {
  table: { role: 'table' },
  rowGroup: { role: 'rowgroup' },
  row: { role: 'row' },
  cell: { role: 'cell' },
  columnHeader: { role: 'columnheader' },
  rowHeader: { role: 'rowheader' },
} as const

/**
 * A column for each level from the ceilings to here, the control in the last; below 768 px, and where there are many, a
 * block for each policy.
 */
export function PolicyLevels({
  levels,
  fixed,
  wanted,
  control,
}: Pick<PolicyTable, 'levels' | 'fixed'> & {
  /** The policies here as they would be. */
  wanted: Policies
  control: (name: PolicyName) => ReactNode
}) {
  const stacked = levels.length > MOST_COLUMNS
  const last = levels.length - 1
  const block = stacked ? 'block' : 'max-md:block'
  return (
    <table {...ROLES.table} aria-label="Policies" className={cn('w-full border-collapse text-left', block)}>
      <thead {...ROLES.rowGroup} className={stacked ? 'sr-only' : 'max-md:sr-only'}>
        <tr {...ROLES.row} className="h-10.5 border-b">
          <th {...ROLES.columnHeader} scope="col" className="pr-4 font-column text-muted text-small">
            Policy
          </th>
          {levels.map(({ id, name }, index) => (
            <th
              {...ROLES.columnHeader}
              scope="col"
              key={id}
              className={cn(
                'px-4 font-column text-soft text-small',
                index === last && 'rounded-t-panel bg-canvas font-semibold text-text',
              )}
            >
              <span className="inline-flex items-center gap-2">
                {index > 0 && <ChevronRight aria-hidden className="icon-small text-muted" />}
                <bdi>{name}</bdi>
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...ROLES.rowGroup} className={block}>
        {POLICY_NAMES.map((name, row) => (
          <tr
            {...ROLES.row}
            key={name}
            className={cn('border-b last:border-b-0', block, stacked ? 'py-4' : 'max-md:py-4')}
          >
            <th
              {...ROLES.rowHeader}
              scope="row"
              className={cn('py-4 pr-4 align-top font-normal', stacked ? 'block py-0' : 'max-md:block max-md:py-0')}
            >
              <span className="block font-medium">{POLICY_TITLES[name]}</span>
              <span className="block text-muted text-small">{ABOUT[name]}</span>
            </th>
            {levels.map((level, index) => (
              <td
                {...ROLES.cell}
                key={level.id}
                className={cn(
                  'px-4 py-4 align-top',
                  stacked ? STACKED : STACKED_ON_A_PHONE,
                  index === last && 'bg-canvas',
                  index === last && row === POLICY_NAMES.length - 1 && !stacked && 'md:rounded-b-panel',
                  index === last &&
                    (stacked ? 'mt-1 rounded-control p-3' : 'max-md:mt-1 max-md:rounded-control max-md:p-3'),
                )}
              >
                <span className={cn('text-muted', stacked ? 'inline' : 'md:hidden')}>
                  <bdi>{level.name}</bdi>
                </span>
                <div className="min-w-0">
                  {index === last ? (
                    <>
                      {control(name)}
                      <HereNote
                        name={name}
                        above={levels[index - 1]?.policies}
                        wanted={wanted}
                        fixed={fixed[name] !== null}
                      />
                    </>
                  ) : (
                    <Held name={name} levels={levels} index={index} wanted={wanted} />
                  )}
                </div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const STACKED = 'grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)] gap-x-3 px-0 py-1.5'
const STACKED_ON_A_PHONE =
  'max-md:grid max-md:grid-cols-[minmax(0,1fr)_minmax(0,2fr)] max-md:gap-x-3 max-md:px-0 max-md:py-1.5'

/** What holds at a level above: the one that the value here comes from stands out, what is loosened over steps back. */
function Held({
  name,
  levels,
  index,
  wanted,
}: {
  name: PolicyName
  levels: PolicyTable['levels']
  index: number
  wanted: Policies
}) {
  const here = levels[index]?.policies
  if (here === undefined) return null
  const above = levels[index - 1]?.policies
  const source = levels.findIndex(({ policies }) => policies[name] === wanted[name])
  const holds = here[name] === wanted[name]
  return (
    <>
      <p className={cn(source === index && 'font-medium text-text', !holds && 'text-muted')}>
        {policyWords(name, here)}
      </p>
      {above !== undefined && (
        <p className="text-muted text-small">{above[name] === here[name] ? 'Inherited' : 'Tightened'}</p>
      )}
    </>
  )
}

/** Whether the value here is tighter than above; one that can be no other says why already. */
function HereNote({
  name,
  above,
  wanted,
  fixed,
}: {
  name: PolicyName
  above: Policies | undefined
  wanted: Policies
  fixed: boolean
}) {
  if (above === undefined) return null
  if (above[name] === wanted[name]) return fixed ? null : <p className="mt-0.5 text-muted text-small">Inherited</p>
  return (
    <p className="mt-0.5 flex items-center gap-1.5 font-medium text-accent-text text-small">
      <ArrowDownToLine aria-hidden className="icon-small" />
      Tightened here
    </p>
  )
}
