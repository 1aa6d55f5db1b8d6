import type { Answers } from '#bench/revocation/ask'
import type { summaryOf, Violations } from '#bench/revocation/judge'

type Phase = ReturnType<typeof summaryOf> & Violations & { readonly answers: Answers; readonly longestMs: number }

/** The figures as a table of Markdown, and what was violated over all. */
export function tableOf(phases: Readonly<Record<string, Phase>>, over: Violations): string {
  const lines = [
    '| phase | revocations | acknowledged by all | silent named | p50 ms | p99 ms | max ms | active | inactive | 503 | broken | violations |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
  ]
  for (const [name, each] of Object.entries(phases)) {
    const { active, inactive, unavailable, failed, broken } = each.answers
    const cells = [
      ...[name, each.revocations, each.acknowledgedByAll, each.silentNamed, each.p50Ms, each.p99Ms, each.maxMs],
      ...[active, inactive, unavailable, broken + failed, countOf(each)],
    ]
    lines.push(`| ${cells.join(' | ')} |`)
  }
  return [...lines, '', `Violations over all: ${JSON.stringify(over)}`].join('\n')
}

const countOf = ({ acceptedAfterProof, acceptedAfterLease, silentUnnamed }: Violations) =>
  acceptedAfterProof + acceptedAfterLease + silentUnnamed
