import type { Reason } from '#lib/verification/decide'

/** Upper bounds of an answer's time, in seconds. */
const BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

const NAME = 'tokenry_verifier_request_seconds'

type Times = { readonly counts: number[]; sum: number }

export type Tally = ReturnType<typeof openTally>

/**
 * Counts what a verifier answers, in plain numbers: a counter of a library costs more than the rest of the counting
 * together. Routes and verdicts are from closed lists, so that their number is bounded.
 */
export function openTally() {
  const verdicts = new Map<string, number>()
  // By route, then by the first digit of the status.
  const routes = new Map<string, Times[]>()
  return {
    /** One answer: its route, its HTTP status and how long it took, in milliseconds. */
    answered(route: string, status: number, milliseconds: number): void {
      const times = (routes.get(route) ?? begin(routes, route))[Math.trunc(status / 100)]
      if (times === undefined) return
      const seconds = milliseconds / 1_000
      let at = 0
      while (seconds > (BOUNDS[at] ?? Number.POSITIVE_INFINITY)) at++
      times.counts[at] = (times.counts[at] ?? 0) + 1
      times.sum += seconds
    },
    /** One verdict. */
    judged(verdict: Reason | 'active'): void {
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
    },
    /** How often each verdict was given. */
    verdicts: (): ReadonlyMap<string, number> => verdicts,
    /** The times of all answers as a histogram in the text format of Prometheus. */
    text(): string {
      const lines = [`# HELP ${NAME} Time to an answer of the verifier, by route and class of status.`]
      lines.push(`# TYPE ${NAME} histogram`)
      for (const [route, classes] of routes) {
        classes.forEach((times, digit) => {
          if (times.counts.some((count) => count > 0))
            lines.push(...linesOf(`route="${route}",status="${digit}xx"`, times))
        })
      }
      return `${lines.join('\n')}\n`
    },
  }
}

function begin(routes: Map<string, Times[]>, route: string): Times[] {
  const none = () => ({ counts: Array<number>(BOUNDS.length + 1).fill(0), sum: 0 })
  const classes = Array.from({ length: 6 }, none)
  routes.set(route, classes)
  return classes
}

function linesOf(labels: string, { counts, sum }: Times): string[] {
  let total = 0
  const buckets = counts.map((count, at) => {
    total += count
    return `${NAME}_bucket{le="${BOUNDS[at] ?? '+Inf'}",${labels}} ${total}`
  })
  return [...buckets, `${NAME}_sum{${labels}} ${sum}`, `${NAME}_count{${labels}} ${total}`]
}
