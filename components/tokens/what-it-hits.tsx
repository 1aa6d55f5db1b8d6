import { Instant } from '#components/time/instant'
import type { EndingVerb, whatEnds } from '#components/tokens/end-tokens'
import { Notice } from '#components/ui/notice'
import type { TokenView } from '#lib/tokens/view'

const NAMED = 3
const LISTED = 5

/** What revoking or deleting several hits, by name and in counts, and which of them it leaves as they are. */
export function WhatItHits({
  verb,
  hits: { ending, left, usedLately, leavesNone },
  organizationName,
}: {
  verb: EndingVerb
  hits: ReturnType<typeof whatEnds>
  organizationName: string | null
}) {
  const reasons = [...new Set(left.map(({ because }) => because))]
  const active = ending.filter(({ status }) => status === 'active')
  return (
    <>
      <Ending verb={verb} tokens={ending} />
      {ending.length > 0 && (verb === 'revoke' || active.length > 0) && (
        <section>
          <h3 className="text-label">What stops</h3>
          <p className="mt-1.5 text-soft">
            <UsedLately tokens={usedLately} />
          </p>
        </section>
      )}
      {leavesNone && (
        <Notice>
          <bdi>{organizationName}</bdi> will have no working token; services that use it stop.
        </Notice>
      )}
      {left.length > 0 && (
        <section>
          <h3 className="text-label">
            {left.length} {left.length === 1 ? 'stays' : 'stay'} as {left.length === 1 ? 'it is' : 'they are'}
          </h3>
          <ul className="mt-1.5 space-y-1 text-soft">
            {reasons.map((reason) => {
              const tokens = left.filter(({ because }) => because === reason).map(({ token }) => token)
              return (
                <li key={reason} className="[overflow-wrap:anywhere]">
                  {reason}: <Names of={tokens} />
                </li>
              )
            })}
          </ul>
        </section>
      )}
    </>
  )
}

/** The first few by name, with their last use. */
function Ending({ verb, tokens }: { verb: EndingVerb; tokens: readonly TokenView[] }) {
  if (tokens.length === 0) return null
  const more = tokens.length - LISTED
  return (
    <section>
      <h3 className="text-label">What is {verb === 'revoke' ? 'revoked' : 'deleted'}</h3>
      <ul className="mt-1.5 space-y-1 text-soft">
        {tokens.slice(0, LISTED).map(({ id, name, lastUsedAt }) => (
          <li key={id} className="[overflow-wrap:anywhere]">
            <bdi className="text-text">{name}</bdi>,{' '}
            {lastUsedAt === null ? (
              'never used'
            ) : (
              <>
                last used <Instant at={lastUsedAt} inSentence />
              </>
            )}
          </li>
        ))}
        {more > 0 && <li>and {more} more</li>}
      </ul>
    </section>
  )
}

function UsedLately({ tokens }: { tokens: readonly TokenView[] }) {
  const [latest] = tokens
    .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    .toSorted((one, other) => other.getTime() - one.getTime())
  if (latest === undefined) return 'None of them was used in the last 7 days.'
  return (
    <>
      Every service that presents one of them. <strong className="text-text">{tokens.length}</strong>{' '}
      {tokens.length === 1 ? 'was' : 'were'} used in the last 7 days (<Names of={tokens} />
      ), last{' '}
      <strong className="text-text">
        <Instant at={latest} inSentence />
      </strong>
      .
    </>
  )
}

/** "Default, Grafana import and 4 more". */
function Names({ of }: { of: readonly TokenView[] }) {
  const more = of.length - NAMED
  return (
    <>
      {of.slice(0, NAMED).map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <bdi className="text-text">{name}</bdi>
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  )
}
