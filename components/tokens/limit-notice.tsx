import Link from 'next/link'
import { effectiveName, tierWords } from '#components/organizations/tier-words'
import { UsageBar } from '#components/organizations/usage-bar'
import { contactHref } from '#components/tokens/contact-href'
import { Notice } from '#components/ui/notice'
import type { TokenFormOptions } from '#lib/tokens/view'

type Limits = Pick<TokenFormOptions, 'organizationName' | 'used' | 'limit' | 'tier' | 'ask' | 'replaces'>

/** How many active tokens there will be, "Alder will have 5 of 5 active tokens.", or what to do where none is left. */
export function UsageAfter({ options: { organizationName, used, limit, tier, ask, replaces } }: { options: Limits }) {
  if (replaces !== null)
    return (
      <>
        <bdi>{organizationName}</bdi> has {used} of {limit} active tokens, the limit of {tier && effectiveName(tier)}.
        This one takes the place of <bdi>{replaces.name}</bdi>.
      </>
    )
  if (limit !== null && used >= limit)
    return (
      <>
        Revoke one
        {ask?.changeTier === null && (
          <>
            , or ask <bdi>{ask.name}</bdi> for a higher tier
          </>
        )}
        .
      </>
    )
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2.5">
      <span>
        <bdi>{organizationName}</bdi> will have {limit === null ? used + 1 : `${used + 1} of ${limit}`} active tokens.
      </span>
      <UsageBar used={used + 1} limit={limit} />
    </span>
  )
}

/** That the limit is reached, which, and whom to ask: "Birch has 1 of 1 active tokens, the limit of Lite." */
export function LimitNotice({ options: { organizationName, used, limit, tier, ask } }: { options: Limits }) {
  return (
    <Notice>
      <bdi>{organizationName}</bdi> has {used} of {limit} active tokens, {tier === null ? 'its' : 'the'} limit
      {tier !== null && ` of ${effectiveName(tier)}`}.{tier?.limitedTo && ` ${tierWords(tier)}.`}
      {ask && <AskLink ask={ask} />}
    </Notice>
  )
}

/** The way to whoever can raise the limit: for an admin above to where the tier is changed; nothing where no contact is left. */
export function AskLink({ ask: { name, contact, changeTier } }: { ask: NonNullable<Limits['ask']> }) {
  const classes = 'rounded-strip underline underline-offset-3'
  if (changeTier !== null)
    return (
      <>
        {' '}
        <Link href={changeTier} prefetch={false} className={classes}>
          Change tier
        </Link>
      </>
    )
  const href = contactHref(contact)
  if (href === null) return null
  return (
    <>
      {' '}
      <a
        href={href}
        {...(href.startsWith('mailto:') ? {} : { target: '_blank', rel: 'noreferrer' })}
        className={classes}
      >
        Ask <bdi>{name}</bdi>
      </a>
    </>
  )
}
