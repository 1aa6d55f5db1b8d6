'use client'

import { Lock } from 'lucide-react'
import type { EditDraft } from '#components/tokens/edit-draft'
import { StatusBadge } from '#components/tokens/status-badge'
import { Field } from '#components/ui/field'
import { Segmented } from '#components/ui/segmented'
import type { TokenView } from '#lib/tokens/view'

/** Active or Revoked; where only one is possible, its badge with a lock and the reason. */
export function StatusField({
  token,
  value,
  onChange,
  error,
}: {
  token: TokenView
  value: EditDraft['status']
  onChange: (status: EditDraft['status']) => void
  error: string | undefined
}) {
  const fixed = fixedBecause(token)
  if (fixed !== null)
    return (
      <div className="flex flex-col gap-1.5">
        <span className="text-label">Status</span>
        <p className="flex items-center gap-2">
          <StatusBadge token={token} />
          <Lock aria-hidden className="icon-small text-muted" />
          <span className="text-muted text-small">{fixed}</span>
        </p>
      </div>
    )
  return (
    <Field group label="Status" error={error}>
      <Segmented
        value={value}
        onValueChange={onChange}
        className="sm:w-60"
        options={[
          { value: 'active', label: 'Active' },
          { value: 'revoked', label: 'Revoked' },
        ]}
      />
    </Field>
  )
}

function fixedBecause({ status, compromised, actions }: TokenView): string | null {
  if (status === 'expired') return 'A later expiration makes it active again.'
  if (status === 'active') return actions.includes('revoke') ? null : 'You may not revoke it.'
  if (actions.includes('restore')) return null
  return compromised ? "It leaked, so it can't be restored." : "It can't be restored any more."
}
