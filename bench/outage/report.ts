import type { Answers } from '#bench/revocation/ask'

type Part = { readonly answers: Answers; readonly longestMs: number }
type Phase = {
  readonly revocations: number
  readonly leased: Part
  readonly unleased: Part
  readonly after: Part
  readonly recoveryMs: number | null
  readonly violations: Readonly<Record<string, number>>
}

/** The figures as a table of Markdown: active / inactive / 503 / any other, before and after the lease is out and back again. */
export function outageTableOf(phases: Readonly<Record<string, Phase>>): string {
  const lines = [
    '| the database is | revocations | first 5.2 s | from then on | back again | longest ms | first active after ms | violations |',
    '|---|---|---|---|---|---|---|---|',
  ]
  for (const [name, { revocations, leased, unleased, after, recoveryMs, violations }] of Object.entries(phases)) {
    const parts = [leased, unleased, after]
    const longest = Math.max(...parts.map(({ longestMs }) => longestMs))
    const broken = Object.entries(violations).flatMap(([what, count]) => (count > 0 ? `${what} ${count}` : []))
    const cells = [name, revocations, ...parts.map(inWords), longest, recoveryMs ?? 'never', broken.join(', ') || 0]
    lines.push(`| ${cells.join(' | ')} |`)
  }
  return lines.join('\n')
}

const inWords = ({ answers: { active, inactive, unavailable, failed, broken } }: Part) =>
  `${active} / ${inactive} / ${unavailable} / ${failed + broken}`
