'use client'

import { Ban, CircleDashed, Hourglass } from 'lucide-react'
import { hasEnded, type Seen } from '#components/tokens/proof'
import type { Proof } from '#lib/verifiers/view'

type Answer = Proof['verifiers'][number]

/** Each verifier with the time that it took; one that has not answered is never told to refuse. */
export function VerifierAnswers({ seen }: { seen: Seen }) {
  const { verifiers } = seen.proof
  const longest = Math.max(1, ...verifiers.map(({ afterMs }) => afterMs ?? 0))
  return (
    <ul aria-label="Verifiers" className="shrink-0 divide-y rounded-control border">
      {verifiers.map((verifier) => (
        <li key={verifier.id} className="flex min-h-8.5 items-center gap-2.5 px-3 py-1.5">
          <Line {...verifier} longest={longest} ended={hasEnded(seen)} />
        </li>
      ))}
    </ul>
  )
}

function Line({ name, afterMs, longest, ended }: Answer & { longest: number; ended: boolean }) {
  const [Icon, tone, words] =
    afterMs !== null
      ? ([Ban, 'text-warn-text', 'refuses it'] as const)
      : ended
        ? ([Hourglass, 'text-muted', 'not confirmed, lease ran out'] as const)
        : ([CircleDashed, 'text-muted', 'not confirmed yet'] as const)
  return (
    <>
      <Icon aria-hidden className={`shrink-0 ${tone}`} />
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <bdi className="font-mono text-mono">{name}</bdi> <span className="ml-1 text-small text-soft">{words}</span>
      </span>
      {afterMs !== null && (
        <>
          <span aria-hidden className="h-1.5 w-29 shrink-0 overflow-hidden rounded-full bg-chart-rest max-sm:w-16">
            <span className="block h-full rounded-full bg-soft" style={{ width: `${(afterMs / longest) * 100}%` }} />
          </span>
          <span className="w-16 shrink-0 text-right">{afterMs} ms</span>
        </>
      )}
    </>
  )
}
