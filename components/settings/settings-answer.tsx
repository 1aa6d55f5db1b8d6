import { POLICY_NAMES } from '#lib/policies/choices'
import type { PolicyTable } from '#lib/policies/view'

/** In how many policies the organization is stricter than the level above it. */
export function SettingsAnswer({ table: { levels } }: { table: Pick<PolicyTable, 'levels'> }) {
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
