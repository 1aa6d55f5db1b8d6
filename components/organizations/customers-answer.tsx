import type { ReactNode } from 'react'
import type { CustomerPage, NamedCount } from '#lib/organizations/view'

const LONGEST = 40

/** How many there are, and which need a hand: "3 customers below Northwind. Birch is at its limit." */
export function CustomersAnswer({
  organizationName,
  direct,
  summary: { open, resellers, atLimit, over, suspended },
}: {
  organizationName: string
  /** Only what stands directly below is counted. */
  direct: boolean
  summary: CustomerPage['summary']
}) {
  const limit = over > 0 ? 'over' : 'at'
  const all = atLimit.count === open && open > 1
  return (
    <>
      <Figure>{open}</Figure> {open === 1 ? 'customer' : 'customers'} {direct && resellers && 'directly '}below{' '}
      <bdi>{organizationName}</bdi>.
      {atLimit.count > 0 && (
        <>
          {' '}
          {all ? (
            <>All are</>
          ) : (
            <>
              <Who of={atLimit} /> {atLimit.count === 1 ? 'is' : 'are'}
            </>
          )}{' '}
          {atLimit.count === 1 ? `${limit} its limit` : over > 0 ? 'at or over their limit' : 'at their limit'}
        </>
      )}
      {suspended.count > 0 && (
        <>
          {atLimit.count > 0 ? '; ' : ' '}
          <Who of={suspended} /> {suspended.count === 1 ? 'is' : 'are'} suspended
        </>
      )}
      {(atLimit.count > 0 || suspended.count > 0) && '.'}
    </>
  )
}

/** By name where one or two short names do it, else by number. */
function Who({ of: { count, first } }: { of: NamedCount }) {
  const [one, two] = first
  if (count > 2 || one === undefined || first.join('').length > LONGEST) return <Figure>{count}</Figure>
  return (
    <>
      <Figure>
        <bdi>{one}</bdi>
      </Figure>
      {two !== undefined && (
        <>
          {' '}
          and{' '}
          <Figure>
            <bdi>{two}</bdi>
          </Figure>
        </>
      )}
    </>
  )
}

const Figure = ({ children }: { children: ReactNode }) => <strong className="text-text">{children}</strong>
