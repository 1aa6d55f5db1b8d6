'use client'

import { RefusalSentence, SilenceSentence } from '#components/tokens/refusal-sentence'
import { UnreadNote } from '#components/tokens/unread-note'
import { useProof } from '#components/tokens/use-proof'

/** More are not asked for at once: of the others it is not told. */
const MOST = 500

/** How the verifiers answered several revocations, in one sentence over all of them; `of` tokens were selected. */
export function EndTokensProof({ revocations, of }: { revocations: readonly number[]; of: number }) {
  const asked = revocations.slice(0, MOST)
  const { seen, unread, retry } = useProof(asked, null)
  const one = asked.length === 1
  const who = asked.length < of ? `${asked.length} of them` : one ? 'It' : `All ${of}`
  return (
    <>
      <div role="status" className="text-soft">
        <p>
          <RefusalSentence seen={seen} unread={unread} was={one ? 'was' : 'were'}>
            {who}
          </RefusalSentence>
        </p>
        {seen !== null && (
          <p className="mt-1 empty:hidden">
            <SilenceSentence seen={seen} it={one ? 'it' : 'them'} />
          </p>
        )}
      </div>
      {unread && <UnreadNote retry={retry} />}
    </>
  )
}
