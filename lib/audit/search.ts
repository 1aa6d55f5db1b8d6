import { createLoader, createParser, createSerializer, type inferParserType, parseAsStringLiteral } from 'nuqs/server'
import { AUDIT_GROUPS, type AuditAction, type AuditGroup, isAuditAction } from '#lib/audit/choices'
import type { AuditEventView } from '#lib/audit/view'
import { Instant } from '#lib/instant'
import { searchText } from '#lib/lists/search'

/** The last so much, in the order in which it is shown. */
export const AUDIT_PERIODS = ['24h', '7d', '30d', '90d'] as const
export type AuditPeriod = (typeof AUDIT_PERIODS)[number]

const text = (parse: (value: string) => string | null) => createParser<string>({ parse, serialize: (value) => value })

const isGroup = (value: string): value is AuditGroup => AUDIT_GROUPS.some((group) => group === value)

const show = createParser<AuditGroup | AuditAction>({
  parse: (value) => (isGroup(value) || isAuditAction(value) ? value : null),
  serialize: (value) => value,
})

const instant = createParser<Date>({
  parse: (value) => Instant.safeParse(value).data ?? null,
  serialize: (value) => value.toISOString(),
  eq: (one, other) => one.getTime() === other.getTime(),
})

const ABOUT = /^([a-z_]{1,32}):([A-Za-z0-9._:-]{1,64})(?:@([0-9a-f-]{36}))?$/

/** What something was done to, as the URL names it: devices have their ids from their organization. */
export const aboutOf = ({ target, organization }: Pick<AuditEventView, 'target' | 'organization'>): string =>
  `${target.type}:${target.id}${target.type === 'device' && organization !== null ? `@${organization.id}` : ''}`

/** What such a text names. */
export function parseAbout(about: string) {
  const [, type = '', id = '', organizationId = null] = ABOUT.exec(about) ?? []
  return { type, id, organizationId }
}

const eventId = text((value) => (/^[1-9]\d{0,17}$/.test(value) ? value : null))

/**
 * The log's state in the URL: `q` searches; `show` is a group of actions or one action; `actor` is an e-mail address and
 * `about` what it was done to, as `aboutOf` writes it; `period` is the last so much, and counts only without `from` and `to` (instants, `to`
 * exclusive); `below=none` leaves out what stands below; `after` and `before` name the event that a page begins at, of
 * which `after` counts where a hand-made URL has both; `at=end` is the last page. What does not parse is taken as absent.
 */
export const auditSearchParsers = {
  q: text(searchText).withDefault(''),
  show,
  actor: text((value) => searchText(value) || null),
  about: text((value) => (ABOUT.test(value) ? value : null)),
  period: parseAsStringLiteral(AUDIT_PERIODS),
  from: instant,
  to: instant,
  below: parseAsStringLiteral(['all', 'none'] as const).withDefault('all'),
  after: eventId,
  before: eventId,
  at: parseAsStringLiteral(['end'] as const),
}

export type AuditSearch = inferParserType<typeof auditSearchParsers>

/** Reads the log's state from a page's `searchParams` or from any URL. */
export const loadAuditSearch = createLoader(auditSearchParsers)

const serialize = createSerializer(auditSearchParsers)

/** A link to the log at `path` with something changed: defaults leave the URL, and so does the page unless given. */
export const auditHref = (path: string, search: AuditSearch, change: Partial<AuditSearch>): string =>
  serialize(path, { ...search, after: null, before: null, at: null, ...change })

/** Whether it asks for a time that is over before it begins. */
export const endsBeforeItBegins = ({ from, to }: AuditSearch): boolean => from !== null && to !== null && to <= from
