'use client'

import { CircleSlash } from 'lucide-react'
import type { ApiUserActions } from '#components/members/api-user-actions'
import { TokensOf } from '#components/members/tokens-of'
import { Instant } from '#components/time/instant'
import { useClock } from '#components/time/now'
import { DialogBody, DialogDescription, DialogFormFoot, DialogHeader, DialogTitle } from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { ApiUserView } from '#lib/service-accounts/view'

/** Asks before the tokens of an API user are refused everywhere, and says what that hits. */
export function DisableApiUserDialog({
  apiUser,
  organization,
  actions,
  close,
}: {
  apiUser: ApiUserView
  organization: { readonly id: string }
  actions: Pick<ApiUserActions, 'disableApiUser'>
  close: () => void
}) {
  const { run, pending, failure } = useAction(actions.disableApiUser)

  const submit = async () => {
    const result = await run({ organizationId: organization.id, apiUserId: apiUser.id })
    if (!result.ok) return
    toastDone(
      <>
        <bdi>{apiUser.name}</bdi> is disabled
      </>,
    )
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          Disable <bdi>{apiUser.name}</bdi>?
        </DialogTitle>
        <DialogDescription>
          Every verifier refuses its tokens at once. Enable it again, and they work with the same secrets.
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <section>
          <h3 className="text-label">What stops</h3>
          <p className="mt-1.5 text-soft">
            {apiUser.activeTokens === 0 ? (
              'Nothing: it has no active token.'
            ) : (
              <>
                <TokensOf apiUser={apiUser} />,{' '}
                {apiUser.lastUsedAt === null ? (
                  'none of which was ever used.'
                ) : (
                  <>
                    last used <Instant at={apiUser.lastUsedAt} inSentence />.
                  </>
                )}
              </>
            )}
          </p>
          <Callers of={apiUser} />
        </section>
        <FailureNotice failure={failure} />
      </DialogBody>
      <DialogFormFoot
        variant="danger"
        verb="Disable"
        icon={<CircleSlash aria-hidden />}
        pending={pending}
        onPress={() => void submit()}
      />
    </>
  )
}

const MINUTE_MS = 60_000
const WEEK_MS = 7 * 86_400_000

/** Who called last with each token that was used within the last 7 days: those stop first. */
function Callers({ of: { tokens } }: { of: ApiUserView }) {
  const since = useClock((now) => now.getTime() - (now.getTime() % MINUTE_MS) - WEEK_MS)
  const lately = tokens.filter(({ lastUsedAt }) => lastUsedAt !== null && lastUsedAt.getTime() >= since)
  if (lately.length === 0) return null
  return (
    <ul aria-label="Callers of the last 7 days" className="mt-1.5 space-y-1 text-soft">
      {lately.map(({ name, lastUsedAt, lastUsedIp, lastUsedUserAgent }) => (
        <li key={name} className="[overflow-wrap:anywhere]">
          <bdi className="text-text">{name}</bdi>
          {lastUsedAt !== null && (
            <>
              , <Instant at={lastUsedAt} inSentence />
            </>
          )}
          {lastUsedIp !== null && (
            <>
              , from <span className="text-mono">{lastUsedIp}</span>
            </>
          )}
          {lastUsedUserAgent !== null && <span className="block text-mono text-muted">{lastUsedUserAgent}</span>}
        </li>
      ))}
    </ul>
  )
}
