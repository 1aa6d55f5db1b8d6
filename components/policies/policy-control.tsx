'use client'

import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PolicyDraft } from '#components/policies/policy-draft'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Segmented } from '#components/ui/segmented'
import { POLICY_TITLES, policyWords } from '#lib/policies/choices'
import type { Policies, PolicyName, PolicyTable } from '#lib/policies/view'

/** The control of one policy; where only one value is possible its words with a lock, and why. */
export function PolicyControl({
  name,
  table,
  wanted,
  days,
  change,
  error,
}: {
  name: PolicyName
  table: Pick<PolicyTable, 'fixed' | 'loosest'>
  /** The policies as they would be. */
  wanted: Policies
  days: string
  change: (draft: PolicyDraft) => void
  error: string | undefined
}) {
  const fixed = table.fixed[name]
  if (fixed !== null) return <Fixed because={fixed}>{policyWords(name, wanted)}</Fixed>
  if (name === 'longestLifetimeDays') {
    const most = table.loosest.longestLifetimeDays
    return (
      <Field
        label={<span className="sr-only">{POLICY_TITLES[name]}, in days</span>}
        hint={most === null ? 'Days. Empty: no limit.' : `Days, ${most} at most.`}
        error={error}
      >
        <Input
          value={days}
          inputMode="numeric"
          autoComplete="off"
          className="w-24"
          onChange={(event) => change({ days: event.target.value })}
        />
      </Field>
    )
  }
  if (name === 'neverExpiringAllowed') {
    if (days.trim() !== '') return <Fixed because="A longest lifetime leaves none">Not allowed</Fixed>
    return (
      <Choice
        name={name}
        error={error}
        value={wanted.neverExpiringAllowed ? 'yes' : 'no'}
        options={[
          { value: 'yes', label: 'Allowed' },
          { value: 'no', label: 'Not allowed' },
        ]}
        choose={(value) => change({ neverExpiringAllowed: value === 'yes' })}
      />
    )
  }
  if (name === 'revealPolicy')
    return (
      <Choice
        name={name}
        error={error}
        value={wanted.revealPolicy}
        options={[
          { value: 'anytime', label: 'Any time' },
          { value: 'once', label: 'Once' },
        ]}
        choose={(revealPolicy) => change({ revealPolicy })}
      />
    )
  return (
    <Choice
      name={name}
      error={error}
      value={wanted.deletePolicy}
      options={[
        { value: 'any', label: 'Any' },
        { value: 'revoked-only', label: 'Revoked or expired' },
      ]}
      choose={(deletePolicy) => change({ deletePolicy })}
    />
  )
}

function Choice<Value extends string>({
  name,
  value,
  options,
  choose,
  error,
}: {
  name: PolicyName
  value: Value
  options: readonly { value: Value; label: string }[]
  choose: (value: Value) => void
  error: string | undefined
}) {
  return (
    <Field group label={<span className="sr-only">{POLICY_TITLES[name]}</span>} error={error}>
      <Segmented value={value} onValueChange={choose} options={options} className="max-w-72" />
    </Field>
  )
}

function Fixed({ because, children }: { because: string; children: ReactNode }) {
  return (
    <>
      <p className="flex items-center gap-2 font-medium">
        <Lock aria-hidden className="icon-small text-muted" />
        {children}
      </p>
      <p className="mt-0.5 text-muted text-small [overflow-wrap:anywhere]">{because}</p>
    </>
  )
}
