'use client'

import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { RemoveScopeDialog } from '#components/settings/remove-scope-dialog'
import { ScopeDialog } from '#components/settings/scope-dialog'
import { Button } from '#components/ui/button'
import { toastFailure } from '#components/ui/failure'
import { useAction } from '#components/ui/use-action'
import type { ScopeActions, ScopeLoss, ScopeRow } from '#lib/scopes/view'
import type { TierRow } from '#lib/tiers/view'

type Open =
  | { readonly kind: 'edit'; readonly scope: ScopeRow | null }
  | { readonly kind: 'remove'; readonly name: string; readonly loss: ScopeLoss }

/** The scopes that the platform defined, with what each is for and the lowest tier that has it. */
export function ScopeList({
  scopes,
  tiers,
  actions,
}: {
  scopes: readonly ScopeRow[]
  tiers: readonly TierRow[]
  actions: ScopeActions
}) {
  const [open, setOpen] = useState<Open | null>(null)
  const preview = useAction(actions.previewScopeRemoval)
  const close = () => setOpen(null)

  const askRemoval = async (name: string) => {
    const told = await preview.run({ name })
    if (told.ok) setOpen({ kind: 'remove', name, loss: told.data })
    else toastFailure(told)
  }

  return (
    <>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <p className="text-soft">
          {scopes.length === 0
            ? 'None yet. Define one for what your own services ask of tokens.'
            : 'For your own services.'}
        </p>
        <Button variant="primary" onClick={() => setOpen({ kind: 'edit', scope: null })}>
          <Plus aria-hidden />
          New scope
        </Button>
      </div>
      <ul aria-label="Scopes" className="divide-y">
        {scopes.map((scope) => (
          <li key={scope.name} className="flex items-center gap-3 py-3">
            <div className="min-w-0 flex-1">
              <p className="break-all text-mono leading-5">{scope.name}</p>
              <p className="text-small text-soft [overflow-wrap:anywhere]">
                <bdi>{scope.description}</bdi>
              </p>
              <p className="text-muted text-small">{tierOf(scope, tiers)}</p>
            </div>
            <Button
              variant="quiet"
              size="icon"
              aria-label={`Edit ${scope.name}`}
              onClick={() => setOpen({ kind: 'edit', scope })}
            >
              <Pencil />
            </Button>
            <Button
              variant="quiet"
              size="icon"
              aria-label={`Remove ${scope.name}`}
              pending={preview.pending}
              onClick={() => void askRemoval(scope.name)}
            >
              <Trash2 />
            </Button>
          </li>
        ))}
      </ul>
      {open?.kind === 'edit' && <ScopeDialog scope={open.scope} tiers={tiers} actions={actions} close={close} />}
      {open?.kind === 'remove' && <RemoveScopeDialog {...open} removeScope={actions.removeScope} close={close} />}
    </>
  )
}

function tierOf({ tierId }: ScopeRow, tiers: readonly TierRow[]): string {
  const tier = tiers.find(({ id }) => id === tierId)
  return tier === undefined ? 'In every tier' : `From ${tier.name} on (rank ${tier.rank})`
}
