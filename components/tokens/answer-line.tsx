import type { ReactNode } from 'react'
import { usageWords } from '#components/organizations/usage-bar'
import { Remaining } from '#components/time/deadline'
import type { TokenFormOptions, TokenNotice } from '#lib/tokens/view'

const LONGEST = 110

/**
 * What a reader of the list came to know: how many are active of how many, and which need a hand: those nobody has
 * revealed, and those that expire soon; by name where one or two short names do it, else by number.
 */
export function AnswerLine({
  options: { organizationName, used, limit },
  notices,
}: {
  options: Pick<TokenFormOptions, 'organizationName' | 'used' | 'limit'>
  notices: readonly TokenNotice[]
}) {
  return (
    <>
      <Figure>{usageWords(used, limit)}</Figure> {(limit ?? used) === 1 ? 'token' : 'tokens'} active.{' '}
      {used === 0 ? (
        <>
          Nothing can read or send data as <bdi>{organizationName}</bdi>.
        </>
      ) : (
        <Needs notices={notices} />
      )}
    </>
  )
}

function Needs({ notices }: { notices: readonly TokenNotice[] }) {
  const sealed = notices.filter((notice) => !notice.revealed)
  const ending = notices.filter((notice) => notice.expiresSoonAt !== null)
  if (sealed.length === 0 && ending.length === 0) return null
  const named = [...sealed, ...ending].reduce((length, notice) => length + notice.name.length, 0) <= LONGEST - 60
  return (
    <>
      <NotRevealed tokens={sealed} named={named} />
      {sealed.length > 0 && ending.length > 0 && ', and '}
      <Ending tokens={ending} named={named} />.
    </>
  )
}

function NotRevealed({ tokens, named }: { tokens: readonly TokenNotice[]; named: boolean }) {
  const [first, second, third] = tokens
  if (first === undefined) return null
  if (named && second === undefined)
    return (
      <>
        <Name of={first} /> is not revealed yet
      </>
    )
  if (named && second !== undefined && third === undefined)
    return (
      <>
        <Name of={first} /> and <Name of={second} /> are not revealed yet
      </>
    )
  return (
    <>
      <Figure>{tokens.length}</Figure> {tokens.length === 1 ? 'is' : 'are'} not revealed yet
    </>
  )
}

function Ending({ tokens, named }: { tokens: readonly TokenNotice[]; named: boolean }) {
  const [first, second] = tokens
  if (first === undefined) return null
  if (named && second === undefined && first.expiresSoonAt !== null)
    return (
      <>
        <Name of={first} /> expires <Remaining at={first.expiresSoonAt} inSentence />
      </>
    )
  return (
    <>
      <Figure>{tokens.length}</Figure> {tokens.length === 1 ? 'expires' : 'expire'} within 14 days
    </>
  )
}

const Figure = ({ children }: { children: ReactNode }) => <strong className="text-text">{children}</strong>

const Name = ({ of: { name } }: { of: TokenNotice }) => (
  <Figure>
    <bdi>{name}</bdi>
  </Figure>
)
