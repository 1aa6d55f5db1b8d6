'use client'

import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { TierDialog } from '#components/settings/tier-dialog'
import { Button } from '#components/ui/button'
import { toastFailure } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { TierActions, TierRow } from '#lib/tiers/view'

/** The tiers there are, by rank; one that nobody has can be deleted. */
export function TierList({ tiers, actions }: { tiers: readonly TierRow[]; actions: TierActions }) {
  const [open, setOpen] = useState<{ readonly tier: TierRow | null } | null>(null)
  const remove = useAction(actions.deleteTier)

  const drop = async ({ id, name }: TierRow) => {
    const result = await remove.run({ tierId: id })
    if (result.ok) toastDone(`Tier ${name} deleted`)
    else toastFailure(result)
  }

  return (
    <>
      <div className="mb-2 flex justify-end">
        <Button variant="primary" onClick={() => setOpen({ tier: null })}>
          <Plus aria-hidden />
          New tier
        </Button>
      </div>
      <ul aria-label="Tiers" className="divide-y">
        {tiers.map((tier) => (
          <li key={tier.id} className="flex items-center gap-3 py-3">
            <div className="min-w-0 flex-1">
              <p className="font-medium [overflow-wrap:anywhere]">
                <bdi>{tier.name}</bdi>
              </p>
              <p className="text-small text-soft">
                Rank {tier.rank}, {tier.tokenLimit === 1 ? '1 token' : `${tier.tokenLimit} tokens`},{' '}
                {AT_LIMIT[tier.atLimit]}, {tier.metrics} metrics
              </p>
              <p className="text-muted text-small">{usedBy(tier)}</p>
            </div>
            <Button variant="quiet" size="icon" aria-label={`Edit ${tier.name}`} onClick={() => setOpen({ tier })}>
              <Pencil />
            </Button>
            {tier.organizations === 0 && tier.scopes === 0 && (
              <Button
                variant="quiet"
                size="icon"
                aria-label={`Delete ${tier.name}`}
                pending={remove.pending}
                onClick={() => void drop(tier)}
              >
                <Trash2 />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open !== null && <TierDialog tier={open.tier} actions={actions} close={() => setOpen(null)} />}
    </>
  )
}

const AT_LIMIT = { refuse: 'refuses at the limit', replace: 'replaces the oldest at the limit' } as const

function usedBy({ organizations, scopes }: TierRow): string {
  const of = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`
  if (organizations === 0 && scopes === 0) return 'Not in use'
  const begin = scopes === 0 ? '' : `, ${of(scopes, 'scope')} from here on`
  return `${of(organizations, 'organization')}${begin}`
}
