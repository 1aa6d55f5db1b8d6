'use client'

import { Check, CircleAlert, CircleDashed, CircleQuestionMark } from 'lucide-react'
import type { EndingVerb, Fate } from '#components/tokens/end-tokens'
import { tokensCounted } from '#components/tokens/end-tokens'
import { EndTokensProof } from '#components/tokens/end-tokens-proof'
import type { useEndTokens } from '#components/tokens/use-end-tokens'
import { Button } from '#components/ui/button'
import { cn } from '#components/ui/cn'
import {
  DialogBody,
  DialogClose,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { Progress } from '#components/ui/progress'
import type { TokenView } from '#lib/tokens/view'

const WORDS = {
  revoke: { doing: 'Revoking', done: 'revoked' },
  delete: { doing: 'Deleting', done: 'deleted' },
} as const

// What wants attention stands first.
const ORDER = ['refused', 'unknown', 'waiting', 'done'] as const

/** How far it has come, with a way to stop it; then what became of each. */
export function EndTokensResult({
  verb,
  tokens,
  asked,
  work: { fates, phase, failure, stopping, stop },
  goOn,
}: {
  verb: EndingVerb
  tokens: readonly TokenView[]
  /** How many of them can be, as it stood before. */
  asked: number
  work: ReturnType<typeof useEndTokens>
  goOn: () => void
}) {
  const { doing, done } = WORDS[verb]
  const fateOf = ({ id }: TokenView): Fate => fates.get(id) ?? { kind: 'waiting' }
  const count = (kind: Fate['kind']) => tokens.filter((token) => fateOf(token).kind === kind).length
  const [finished, unknown, waiting] = [count('done'), count('unknown'), count('waiting')]

  if (phase === 'running') {
    return (
      <>
        <DialogHeader>
          <DialogTitle>
            {doing} {tokensCounted(asked)}
          </DialogTitle>
          <DialogDescription>
            {stopping
              ? 'Stopping: those under way are still finished.'
              : 'Five at a time. Stopping leaves the rest as it is.'}
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          <Progress label={doing} done={asked - waiting - unknown} of={asked} />
        </DialogBody>
        <DialogFooter>
          {/* It stands where the button was that began: the second click of a double click is meant for that. */}
          <Button autoFocus onClick={(event) => event.detail < 2 && stop()} pending={stopping}>
            Stop
          </Button>
        </DialogFooter>
      </>
    )
  }
  const sorted = ORDER.flatMap((kind) => tokens.filter((token) => fateOf(token).kind === kind))
  const open = unknown + waiting > 0
  const revocations = [...fates.values()].flatMap((fate) => (fate.kind === 'done' ? (fate.revocation ?? []) : []))
  return (
    <>
      <DialogHeader>
        <DialogTitle>
          {finished} of {tokensCounted(tokens.length)} {done}
        </DialogTitle>
        <DialogDescription>
          {finished === tokens.length
            ? 'Every one of them.'
            : [
                waiting > 0 && `${waiting} left as ${waiting === 1 ? 'it is' : 'they are'}.`,
                unknown > 0 && `Of ${unknown} it is not known: no answer came.`,
                'What is left stays selected.',
              ]
                .filter(Boolean)
                .join(' ')}
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <FailureNotice failure={failure} />
        {revocations.length > 0 && (
          <EndTokensProof key={revocations.join()} revocations={revocations} of={tokens.length} />
        )}
        <ul aria-label="Result" className="divide-y rounded-control border">
          {sorted.map((token) => (
            <Line key={token.id} token={token} fate={fateOf(token)} done={done} />
          ))}
        </ul>
      </DialogBody>
      <DialogFooter>
        {open && <Button onClick={goOn}>{unknown > 0 ? 'Try again' : 'Continue'}</Button>}
        <DialogClose asChild>
          <Button autoFocus variant="primary">
            Done
          </Button>
        </DialogClose>
      </DialogFooter>
    </>
  )
}

function Line({ token, fate, done }: { token: TokenView; fate: Fate; done: string }) {
  const { Icon, words, tone } = lineOf(fate, done)
  return (
    <li className="flex items-start gap-2.5 px-3 py-2">
      <Icon aria-hidden className={cn('mt-0.5', tone)} />
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <bdi className="font-medium">{token.name}</bdi>{' '}
        {fate.kind === 'refused' && <span className={cn('block text-small', tone)}>{words}</span>}
      </span>
      {fate.kind !== 'refused' && <span className={tone}>{words}</span>}
    </li>
  )
}

function lineOf(fate: Fate, done: string) {
  switch (fate.kind) {
    case 'done':
      return { Icon: Check, words: done.charAt(0).toUpperCase() + done.slice(1), tone: 'text-soft' }
    case 'refused':
      return { Icon: CircleAlert, words: fate.because, tone: 'text-danger-text' }
    case 'unknown':
      return { Icon: CircleQuestionMark, words: 'Not known', tone: 'text-text' }
    case 'waiting':
      return { Icon: CircleDashed, words: 'Left as it is', tone: 'text-muted' }
  }
}
