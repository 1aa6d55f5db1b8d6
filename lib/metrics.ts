import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The side of a verifier that metrics read. */
type Watched = {
  readonly tally: { readonly verdicts: () => ReadonlyMap<string, number>; readonly text: () => string }
  readonly state: () => {
    readonly waiting: number
    readonly droppedUses: Readonly<Record<string, number>>
    /** Tokens in memory, look-ups that memory answered and those that it could not, and whether it may answer now. */
    readonly entries: number
    readonly hits: number
    readonly misses: number
    readonly leased: boolean
  }
  readonly connections: () => Promise<
    readonly { readonly application: string; readonly state: string; readonly count: number }[]
  >
}

export type Metrics = ReturnType<typeof openMetrics>

/** What the server counts, in the text format of Prometheus. No label comes from what somebody sends. */
export function openMetrics(verifier: Watched) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'tokenry_desk_requests_total',
    help: 'Requests of the desk, by route, method and class of status.',
    labelNames: ['route', 'method', 'status'] as const,
    registers,
  })
  const times = new Histogram({
    name: 'tokenry_desk_request_seconds',
    help: 'Time to the end of an answer of the desk, by route.',
    labelNames: ['route'] as const,
    registers,
  })
  new Counter({
    name: 'tokenry_verdicts_total',
    help: 'Verdicts on tokens that were verified: active, or the reason why not.',
    labelNames: ['verdict'] as const,
    registers,
    collect() {
      this.reset()
      for (const [verdict, count] of verifier.tally.verdicts()) this.inc({ verdict }, count)
    },
  })
  new Counter({
    name: 'tokenry_uses_dropped_total',
    help: 'Uses, and values of uses that are counted, given up because the database could not take them for too long.',
    labelNames: ['kind'] as const,
    registers,
    collect() {
      this.reset()
      for (const [kind, count] of Object.entries(verifier.state().droppedUses)) this.inc({ kind }, count)
    },
  })
  new Gauge({
    name: 'tokenry_verifier_waiting',
    help: 'Questions of the verifier that wait for the database.',
    registers,
    collect() {
      this.set(verifier.state().waiting)
    },
  })
  new Gauge({
    name: 'tokenry_verifier_entries',
    help: 'Tokens that the verifier has in memory.',
    registers,
    collect() {
      this.set(verifier.state().entries)
    },
  })
  new Counter({
    name: 'tokenry_verifier_lookups_total',
    help: 'Look-ups of tokens, by where the answer came from: memory or database.',
    labelNames: ['from'] as const,
    registers,
    collect() {
      const { hits, misses } = verifier.state()
      this.reset()
      this.inc({ from: 'memory' }, hits)
      this.inc({ from: 'database' }, misses)
    },
  })
  new Gauge({
    name: 'tokenry_verifier_leased',
    help: '1 while the verifier may answer from memory, 0 while it asks the database about everything.',
    registers,
    collect() {
      this.set(verifier.state().leased ? 1 : 0)
    },
  })
  new Gauge({
    name: 'tokenry_database_connections',
    help: 'Connections to the database, by program and state; none while it cannot be reached.',
    labelNames: ['application', 'state'] as const,
    registers,
    async collect() {
      const connections = await verifier.connections().catch(() => [])
      this.reset()
      for (const { application, state, count } of connections) this.set({ application, state }, count)
    },
  })
  return {
    contentType: registry.contentType,
    /** One answer of the desk; `route` and `method` from closed lists. */
    deskAnswered(route: string, method: string, status: number, seconds: number): void {
      requests.inc({ route, method, status: `${Math.trunc(status / 100)}xx` })
      times.observe({ route }, seconds)
    },
    /** All of it as it is now. */
    text: async () => `${(await registry.metrics()).trimEnd()}\n${verifier.tally.text()}`,
  }
}
