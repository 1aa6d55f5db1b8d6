import { ROLE_WORDS } from '#components/organizations/role-words'
import { Notice } from '#components/ui/notice'
import { Panel } from '#components/ui/panel'
import { TextLink } from '#components/ui/text-link'
import type { TokenReach } from '#lib/tokens/view'

/** The organizations that a personal token works in (`of` one, or all of one's own), with what it may do in each. */
export function ReachPanel({ reach, of }: { reach: readonly TokenReach[]; of: 'one' | 'all' }) {
  return (
    <Panel heading={of === 'one' ? 'Where it works' : 'Where they work'}>
      {reach.length === 0 ? (
        <p className="text-soft">Nowhere: you are not a member of any organization now.</p>
      ) : (
        <>
          <Notice className="mb-2.5">
            {of === 'one' ? 'It' : 'A personal token'} acts as you
            {reach.length > 1 && `, and opens all ${reach.length} of these organizations`}: keep it like a password.
          </Notice>
          <ul className="divide-y">
            {reach.map((each) => (
              <Place key={each.slug} reach={each} />
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}

function Place({ reach: { slug, name, role, scopes, suspended } }: { reach: TokenReach }) {
  return (
    <li className="grid gap-x-4 py-2 last:pb-0 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]">
      <span className="min-w-0">
        <TextLink href={`/o/${slug}/tokens`} className="[overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
        </TextLink>{' '}
        <span className="text-muted text-small">
          {ROLE_WORDS[role]}
          {suspended && ', suspended: refused there for now'}
        </span>
      </span>
      <span className="text-mono text-soft leading-5 [overflow-wrap:anywhere]">
        {scopes.length === 0 ? (
          <span className="font-sans text-muted">Nothing: no scope is left here</span>
        ) : (
          scopes.join(' ')
        )}
      </span>
    </li>
  )
}
