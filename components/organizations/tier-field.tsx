'use client'

import { Field } from '#components/ui/field'
import { Segmented } from '#components/ui/segmented'
import type { CustomerFormOptions } from '#lib/organizations/view'

/** The tiers, lowest first; those above what the grantor has are locked, with the reason beneath. */
export function TierField({
  tiers,
  grantor,
  value,
  onChange,
  error,
}: {
  tiers: CustomerFormOptions['tiers']
  /** Who grants, and up to which tier; `tier` null: every one. */
  grantor: { readonly name: string; readonly tier: CustomerFormOptions['tier'] }
  value: string
  onChange: (tierId: string) => void
  error: string | undefined
}) {
  const { name, tier } = grantor
  const locked = (rank: number) => tier !== null && rank > tier.rank
  const chosen = tiers.find(({ id }) => id === value)
  const limit = chosen && `${chosen.tokenLimit} active ${chosen.tokenLimit === 1 ? 'token' : 'tokens'} at most.`
  const reason = tier !== null && tiers.some(({ rank }) => locked(rank)) && (
    <>
      <bdi>{name}</bdi> has {tier.name}, so it can&apos;t grant a higher tier.
    </>
  )
  return (
    <Field
      group
      label="Tier"
      hint={
        <>
          {limit} {reason}
        </>
      }
      error={error}
    >
      <Segmented
        value={value}
        onValueChange={onChange}
        options={tiers.map((each) => ({ value: each.id, label: each.name, locked: locked(each.rank) }))}
      />
    </Field>
  )
}
