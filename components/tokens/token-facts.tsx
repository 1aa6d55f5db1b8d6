'use client'

import type { ReactNode } from 'react'
import { Age } from '#components/time/age'
import { DeadlineDate, Remaining } from '#components/time/deadline'
import { Day, Instant } from '#components/time/instant'
import { RotationState } from '#components/tokens/rotation-note'
import { useRetiring } from '#components/tokens/secret-age'
import { DescriptionList, Fact } from '#components/ui/description-list'
import { Panel } from '#components/ui/panel'
import type { TokenDetail } from '#lib/tokens/view'

const KINDS = { personal: 'Personal', organization: 'Organization', service: 'Service' } as const

/** What there is to know of a token, one fact a line. */
export function TokenFacts({ token }: { token: TokenDetail }) {
  return (
    <Panel aria-label="Facts">
      <DescriptionList>
        <Fact term="Kind">{KINDS[token.kind]}</Fact>
        {token.apiUser !== null && (
          <Fact term="API user">
            <bdi>{token.apiUser.name}</bdi>
          </Fact>
        )}
        <Fact term="Scopes">
          {token.scopes === null ? 'Whatever its owner may do' : <MonoLines lines={token.scopes} none="None" />}
        </Fact>
        {token.devices !== null && (
          <Fact term="Devices">
            <MonoLines lines={token.devices} none="None that is registered" />
          </Fact>
        )}
        <Fact term="Allowed IPs">
          <MonoLines lines={token.ipRanges} none="Any address" />
        </Fact>
        <Fact term="Last used">
          <LastUsed token={token} />
        </Fact>
        <Fact term={token.status === 'expired' ? 'Expired' : 'Expires'}>
          {token.expiresAt === null ? 'Never' : <Expiry at={token.expiresAt} over={token.status === 'expired'} />}
        </Fact>
        {token.revokedAt !== null && (
          <Fact term="Revoked">
            <Day at={token.revokedAt} />
            <By who={token.revokedBy} />
            {token.revokeReason !== null && <Second>{token.revokeReason}</Second>}
          </Fact>
        )}
        <Fact term="Created">
          <Day at={token.createdAt} />
          <By who={token.createdBy} />
        </Fact>
        <Fact term="Secret">
          <SecretFact token={token} />
        </Fact>
        <RotationFact token={token} />
      </DescriptionList>
    </Panel>
  )
}

function LastUsed({ token: { lastUsedAt, lastUsedIp, lastUsedUserAgent } }: { token: TokenDetail }) {
  if (lastUsedAt === null) return 'Never'
  return (
    <>
      <strong>
        <Instant at={lastUsedAt} />
      </strong>
      {lastUsedIp !== null && (
        <>
          , from <span className="inline-block text-mono leading-5 [overflow-wrap:anywhere]">{lastUsedIp}</span>
        </>
      )}
      {lastUsedUserAgent !== null && (
        <span className="block text-mono text-muted leading-5 [overflow-wrap:anywhere]">{lastUsedUserAgent}</span>
      )}
    </>
  )
}

function Expiry({ at, over }: { at: Date; over: boolean }) {
  return (
    <>
      <DeadlineDate at={at} />
      {!over && (
        <>
          , <Remaining at={at} inSentence />
        </>
      )}
    </>
  )
}

function RotationFact({ token }: { token: TokenDetail }) {
  const retiring = useRetiring(token)
  if (token.status !== 'active' || (token.rotation === null && retiring === null)) return null
  return (
    <Fact term="Rotation">
      <RotationState token={token} />
    </Fact>
  )
}

function SecretFact({
  token: { mintedAt, revealedBy, revealerInvitedBy, handedOverBy, tail, actions, rotation },
}: {
  token: TokenDetail
}) {
  if (mintedAt === null) return 'Not revealed yet.'
  const held = tail !== null && rotation === null && actions.includes('reveal')
  return (
    <>
      Revealed {held ? '' : 'once, '}
      <Age of={mintedAt} /> (<Day at={mintedAt} />){revealedBy !== null && `, by ${revealedBy}`}
      {handedOverBy !== null && revealerInvitedBy !== null && `, whom ${revealerInvitedBy} had invited`}.{' '}
      {held ? 'It can be revealed again.' : 'Tokenry does not hold it.'}
    </>
  )
}

const By = ({ who }: { who: string | null }) => (who === null ? null : <Second>by {who}</Second>)

const Second = ({ children }: { children: ReactNode }) => <span className="block text-muted">{children}</span>

function MonoLines({ lines, none }: { lines: readonly string[]; none: string }) {
  if (lines.length === 0) return none
  return (
    <ul>
      {lines.map((line) => (
        <li key={line} className="break-all text-mono leading-5">
          {line}
        </li>
      ))}
    </ul>
  )
}
