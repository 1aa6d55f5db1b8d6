'use client'

import { type FormEvent, useState } from 'react'
import { LostScopes } from '#components/settings/lost-tokens'
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFormFoot,
  DialogHeader,
  DialogTitle,
  dialogForm,
} from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { Segmented } from '#components/ui/segmented'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { ScopeActions, ScopeLoss, ScopeRow } from '#lib/scopes/view'
import type { TierRow } from '#lib/tiers/view'

/** Defines a scope (`scope` null) or edits one, whose name never changes; which tokens lose it is told before it is saved. */
export function ScopeDialog({
  scope,
  tiers,
  actions,
  close,
}: {
  scope: ScopeRow | null
  tiers: readonly TierRow[]
  actions: ScopeActions
  close: () => void
}) {
  const save = useAction(scope === null ? actions.defineScope : actions.editScope)
  const preview = useAction(actions.previewScope)
  const failure = preview.failure ?? save.failure
  const [name, setName] = useState(scope?.name ?? '')
  const [description, setDescription] = useState(scope?.description ?? '')
  const [tierId, setTierId] = useState(scope?.tierId ?? '')
  // What was told holds for the tier that was chosen then.
  const [loss, setLoss] = useState<ScopeLoss | null>(null)
  const form = useInvalidFocus(failure)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = { name, description, tierId: tierId === '' ? null : tierId }
    if (scope !== null && wanted.tierId !== scope.tierId && loss === null) {
      const told = await preview.run(wanted)
      if (!told.ok) return
      if (told.data.tokens > 0) return setLoss(told.data)
    }
    const result = await save.run(wanted)
    if (!result.ok) return
    toastDone(scope === null ? 'Scope defined' : 'Scope saved')
    close()
  }

  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent width="narrow">
        <DialogHeader>
          <DialogTitle className="break-all">{scope === null ? 'New scope' : `Edit ${scope.name}`}</DialogTitle>
          <DialogDescription>What a token may do at your own services.</DialogDescription>
        </DialogHeader>
        <form ref={form} className={dialogForm} onSubmit={submit} noValidate>
          <DialogBody>
            {scope === null && (
              <Field label="Name" hint="As in measurements:write. It never changes." error={failure?.fields['name']}>
                <Input value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />
              </Field>
            )}
            <Field label="Description" error={failure?.fields['description']}>
              <Input
                value={description}
                autoComplete="off"
                dir="auto"
                onChange={(event) => setDescription(event.target.value)}
              />
            </Field>
            <Field
              group
              label="Lowest tier"
              hint="Tiers of at least its rank have the scope. Tokens below lose it at once."
              error={failure?.fields['tierId']}
            >
              <Segmented
                value={tierId}
                onValueChange={(next) => {
                  setLoss(null)
                  setTierId(next)
                }}
                options={[
                  { value: '', label: 'Every tier' },
                  ...tiers.map((tier) => ({ value: tier.id, label: <bdi>{tier.name}</bdi> })),
                ]}
              />
            </Field>
            {scope !== null && loss !== null && (
              <Notice role="status">
                <LostScopes scopes={[{ name: scope.name, ...loss }]} />
              </Notice>
            )}
            <FailureNotice failure={failure} />
          </DialogBody>
          <DialogFormFoot
            verb={scope === null ? 'Define scope' : loss === null ? 'Save scope' : 'Save anyway'}
            pending={preview.pending || save.pending}
          />
        </form>
      </DialogContent>
    </Dialog>
  )
}
