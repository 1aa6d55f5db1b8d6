import { recordAudit } from '#lib/audit/record'
import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import type { Organization } from '#lib/organizations/load'
import type { ReportFormat } from '#lib/reports/choices'
import { fileHeaders, reportFileName } from '#lib/reports/download'
import type { Renderer, Rendering } from '#lib/reports/renderer'
import { type Period, requirePeriod } from '#lib/usage/period'
import { requireTimeZone } from '#lib/usage/question'
import { hasExtended } from '#lib/usage/see'

type Asked = Period & { readonly format: ReportFormat; readonly timeZone: string }

type Options = AnyContext & {
  readonly renderer: Pick<Renderer, 'openFor'>
  /** Ends it when whoever asked has gone, also while it waits for a place. */
  readonly signal: AbortSignal
  /** Nothing is rendered: only its headers are asked for. */
  readonly headOnly: boolean
  /** Is told what ended a file before it was whole, unless nobody wanted it any more. */
  readonly onError: (error: unknown) => void
}

/**
 * A report while it is made: each piece is read and rendered when the one before it was taken; whoever goes away ends it.
 * It waits for a place before it answers. That it was asked for is in the trail before the first byte leaves.
 * @throws DomainError `not_found`, `invalid`; `too_often` and `busy` where too many wait for a place
 */
export async function streamReport(
  { db, actor, clock, renderer, signal, headOnly, onError }: Options,
  organization: Organization,
  { format, timeZone, ...period }: Asked,
): Promise<{ headers: Record<string, string>; body: ReadableStream<Uint8Array> | null }> {
  if (!can(actor, 'tokens.see', organization)) throw notFound()
  requirePeriod(period)
  requireTimeZone(timeZone)
  const { id, slug, name } = organization
  const headers = fileHeaders(format, reportFileName({ slug, ...period, timeZone, format }))
  if (headOnly) return { headers, body: null }
  const now = clock()
  const asked = { at: now, by: actor.email }
  const order = {
    ...period,
    format,
    timeZone,
    organization: { id, name },
    actor,
    asked,
    extended: hasExtended(organization),
  }
  const pipe = new TransformStream<Uint8Array, Uint8Array>()
  const gone = new AbortController()
  const until = AbortSignal.any([signal, gone.signal])
  // The tokens of an organization are one: it could make as many as it likes.
  const caller = actor.userId ?? actor.token?.boundTo ?? actor.email
  const rendering = await renderer.openFor(caller, order, { signal: until })
  if (typeof rendering === 'string') throw new DomainError(rendering, CROWDED[rendering])
  try {
    await db.transaction((tx) =>
      recordAudit(tx, actor, {
        at: now,
        action: 'report.requested',
        organizationId: id,
        target: { type: 'organization', id, name },
        details: { period: `${period.from.toISOString()} to ${period.to.toISOString()}`, format },
      }),
    )
  } catch (error) {
    rendering.leave()
    throw error
  }
  void send(rendering, pipe.writable, { onGone: (error) => gone.abort(error), until, onError })
  return { headers, body: pipe.readable }
}

const CROWDED = {
  too_often: 'Others of your reports wait already. Try again when one is done.',
  busy: 'Too many reports are being made. Try again in a moment.',
} as const

async function send(
  rendering: Rendering,
  writable: WritableStream<Uint8Array>,
  { onGone, until, onError }: Pick<Options, 'onError'> & { onGone: (error: unknown) => void; until: AbortSignal },
): Promise<void> {
  const writer = writable.getWriter()
  writer.closed.catch(onGone)
  try {
    await rendering.render(({ bytes }) => writer.write(bytes))
    await writer.close()
  } catch (error) {
    if (!until.aborted) onError(error)
    await writer.abort(error).catch(() => {})
  }
}
