import { POLICY_NAMES } from '#lib/policies/choices'
import type { PolicyTable } from '#lib/policies/view'
import type { ScopeRow } from '#lib/scopes/view'
import type { TierRow } from '#lib/tiers/view'
import type { VerifierRow } from '#lib/verifiers/view'

// Each tab of Settings answers its own question under the heading.

/** Where those go who are told to ask the organization. */
export const ContactAnswer = ({ name, contact }: { name: string; contact: string | null }) =>
  contact === null ? (
    <>
      <bdi>{name}</bdi> has no contact: whoever is told to ask it does not learn where.
    </>
  ) : (
    <>
      Whoever is told to ask <bdi>{name}</bdi> finds <strong>{contact}</strong>.
    </>
  )

/** In how many policies the organization is stricter than the level above it. */
export function PoliciesAnswer({ table: { levels } }: { table: Pick<PolicyTable, 'levels'> }) {
  const [above, here] = levels.slice(-2)
  if (above === undefined || here === undefined) return null
  const stricter = POLICY_NAMES.filter((name) => above.policies[name] !== here.policies[name]).length
  const name = above.name === 'Ceilings' ? 'the ceilings' : <bdi>{above.name}</bdi>
  if (stricter === 0)
    return (
      <>
        <bdi>{here.name}</bdi> has the same policies as {name}.
      </>
    )
  return (
    <>
      <bdi>{here.name}</bdi> is stricter than {name} in{' '}
      <strong>
        {stricter} of {POLICY_NAMES.length}
      </strong>{' '}
      policies.
    </>
  )
}

/** How many tiers organizations have, and which most of them have. */
export function TiersAnswer({ tiers }: { tiers: readonly TierRow[] }) {
  const inUse = tiers.filter(({ organizations }) => organizations > 0)
  const [most] = inUse.toSorted((one, other) => other.organizations - one.organizations)
  if (most === undefined) return 'No organization has a tier yet.'
  const all = inUse.reduce((sum, { organizations }) => sum + organizations, 0)
  return (
    <>
      <strong>
        {inUse.length} of {tiers.length}
      </strong>{' '}
      tiers are in use: <bdi>{most.name}</bdi> by {most.organizations} of {organizationsIn(all)}.
    </>
  )
}

/** How many scopes there are, and how many of them not every tier has. */
export function ScopesAnswer({ scopes }: { scopes: readonly ScopeRow[] }) {
  const higher = scopes.filter(({ tierId }) => tierId !== null).length
  if (scopes.length === 0) return 'Your own services ask nothing of tokens yet.'
  return (
    <>
      Your own services ask for <strong>{scopes.length === 1 ? '1 scope' : `${scopes.length} scopes`}</strong>:{' '}
      {higher === 0 ? 'every tier has them all.' : `${higher} from a tier on, ${scopes.length - higher} in every one.`}
    </>
  )
}

/** How many verifiers answer, and what they have in memory; null: there is none to tell of. */
export function VerifiersAnswer({ verifiers }: { verifiers: readonly VerifierRow[] }) {
  if (verifiers.length === 0) return null
  const answering = verifiers.filter(({ silentSince }) => silentSince === null)
  const entries = answering.reduce((sum, each) => sum + each.entries, 0)
  const [verb, all] = [answering.length === 1 ? 'answers' : 'answer', verifiers.length === 1 ? 'verifier' : 'verifiers']
  return (
    <>
      <strong>
        {answering.length} of {verifiers.length}
      </strong>{' '}
      {all} {verb}
      {answering.length > 0 && (
        <>
          {' '}
          and {answering.length === 1 ? 'has' : 'have'} <strong>{entries.toLocaleString('en-GB')}</strong>{' '}
          {entries === 1 ? 'token' : 'tokens'} in memory
        </>
      )}
      .
    </>
  )
}

const organizationsIn = (count: number) => `${count} organization${count === 1 ? '' : 's'}`
