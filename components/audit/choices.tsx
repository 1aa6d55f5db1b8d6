import Link from 'next/link'
import { cn } from '#components/ui/cn'
import { AUDIT_GROUPS, type AuditGroup } from '#lib/audit/choices'
import { AUDIT_PERIODS, type AuditPeriod, type AuditSearch, auditHref } from '#lib/audit/search'

const GROUPS: Readonly<Record<AuditGroup, string>> = {
  openings: 'Secrets opened',
  tokens: 'Tokens',
  people: 'People',
  organizations: 'Organizations',
  settings: 'Settings',
  'sign-ins': 'Sign-ins',
}

const PERIODS: Readonly<Record<AuditPeriod, string>> = {
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
}

type ChoicesProps = { path: string; search: AuditSearch }

/** What was done to what, as links; sign-ins concern no organization, so they are the platform's alone. */
export function GroupChoices({ path, search, signIns }: ChoicesProps & { signIns: boolean }) {
  const groups = AUDIT_GROUPS.filter((group) => group !== 'sign-ins' || signIns || search.show === group)
  return (
    <Choices
      label="Events"
      choices={[null, ...groups].map((show) => ({
        href: auditHref(path, search, { show }),
        words: show === null ? 'All' : GROUPS[show],
        chosen: show === search.show,
      }))}
    />
  )
}

/** The last so much, as links; each takes the dates away. */
export function PeriodChoices({ path, search }: ChoicesProps) {
  const dated = search.from !== null || search.to !== null
  return (
    <Choices
      label="Period"
      className="contents"
      choices={[null, ...AUDIT_PERIODS].map((period) => ({
        href: auditHref(path, search, { period, from: null, to: null }),
        words: period === null ? 'Any time' : PERIODS[period],
        chosen: !dated && period === search.period,
      }))}
    />
  )
}

/** Whether what was done below counts too. */
export function BelowChoices({ path, search, name }: ChoicesProps & { name: string }) {
  return (
    <Choices
      label="Organizations"
      choices={(['all', 'none'] as const).map((below) => ({
        href: auditHref(path, search, { below }),
        words: below === 'all' ? 'With all below' : `${name} alone`,
        chosen: below === search.below,
      }))}
    />
  )
}

export const choiceClass = (chosen: boolean) =>
  cn(
    'inline-flex min-h-8 items-center gap-2 rounded-control px-2.5 text-body transition-colors touch:min-h-11',
    chosen ? 'bg-sunken font-semibold text-text forced-colors:border' : 'text-soft hover:bg-hover hover:text-text',
  )

function Choices({
  label,
  className = '-mx-1 flex min-w-0 flex-wrap gap-0.5',
  choices,
}: {
  label: string
  className?: string
  choices: readonly { href: string; words: string; chosen: boolean }[]
}) {
  return (
    <nav aria-label={label} className={className}>
      {choices.map(({ href, words, chosen }) => (
        <Link
          key={words}
          href={href}
          scroll={false}
          prefetch={false}
          {...(chosen ? { 'aria-current': 'true' } : {})}
          className={choiceClass(chosen)}
        >
          <bdi className="[overflow-wrap:anywhere]">{words}</bdi>
        </Link>
      ))}
    </nav>
  )
}
