import type { ReactNode } from 'react'
import { tierWords } from '#components/organizations/tier-words'
import { usageWords } from '#components/organizations/usage-bar'
import { Remaining } from '#components/time/deadline'
import type { TokenFormOptions, TokenNotices, TokenSummary } from '#lib/tokens/view'

const LONGEST = 110

/**
 * What a reader of the list came to know: how many are active of how many and why not more, and which need a hand: those nobody has
 * revealed, and those that expire soon; by name where one or two short names do it, else by number.
 */
export function AnswerLine({
  options: { organizationName, used, limit, tier },
  notices,
}: {
  options: Pick<TokenFormOptions, 'organizationName' | 'used' | 'limit' | 'tier'>
  notices: TokenNotices
}) {
  return (
    <>
      <Figure>{usageWords(used, limit)}</Figure> {(limit ?? used) === 1 && used <= 1 ? 'token' : 'tokens'} active.{' '}
      {tier?.limitedTo && `${tierWords(tier)}. `}
      {used === 0 ? (
        <>Nothing can read or send data as {organizationName === null ? 'you' : <bdi>{organizationName}</bdi>}.</>
      ) : (
        <Needs notices={notices} />
      )}
    </>
  )
}

function Needs({ notices: { unrevealed, ending } }: { notices: TokenNotices }) {
  if (unrevealed.count === 0 && ending.count === 0) return null
  const [one] = unrevealed.first
  const [ended] = ending.first
  const both = unrevealed.count === 1 && ending.count === 1 && one?.name === ended?.name
  if (both && one !== undefined && ended?.expiresAt != null)
    return (
      <>
        <Name of={one} /> is not revealed yet, and expires <Remaining at={ended.expiresAt} inSentence />.
      </>
    )
  const names = [...unrevealed.first, ...ending.first].map(({ name }) => name)
  const named = names.join('').length <= LONGEST - 60
  return (
    <>
      <NotRevealed tokens={unrevealed} named={named} />
      {unrevealed.count > 0 && ending.count > 0 && ', and '}
      <Ending tokens={ending} named={named} />.
    </>
  )
}

function NotRevealed({ tokens: { count, first }, named }: { tokens: TokenSummary; named: boolean }) {
  const [one, two] = first
  if (one === undefined) return null
  if (named && two === undefined)
    return (
      <>
        <Name of={one} /> is not revealed yet
      </>
    )
  if (named && two !== undefined && count === 2)
    return (
      <>
        <Name of={one} /> and <Name of={two} /> are not revealed yet
      </>
    )
  return (
    <>
      <Figure>{count}</Figure> {count === 1 ? 'is' : 'are'} not revealed yet
    </>
  )
}

function Ending({ tokens: { count, first }, named }: { tokens: TokenSummary; named: boolean }) {
  const [one] = first
  if (one === undefined) return null
  if (named && count === 1 && one.expiresAt !== null)
    return (
      <>
        <Name of={one} /> expires <Remaining at={one.expiresAt} inSentence />
      </>
    )
  return (
    <>
      <Figure>{count}</Figure> {count === 1 ? 'expires' : 'expire'} within 14 days
    </>
  )
}

const Figure = ({ children }: { children: ReactNode }) => <strong className="text-text">{children}</strong>

const Name = ({ of: { name } }: { of: { readonly name: string } }) => (
  <Figure>
    <bdi>{name}</bdi>
  </Figure>
)
