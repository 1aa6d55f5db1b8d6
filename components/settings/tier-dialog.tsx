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
import type { TierActions, TierHits, TierRow } from '#lib/tiers/view'

const BLANK = { name: '', rank: 1, tokenLimit: 1, atLimit: 'refuse', metrics: 'basic' } as const

/** Makes a tier (`tier` null) or edits one; what an edit comes to for organizations is told before it is saved. */
export function TierDialog({
  tier,
  actions,
  close,
}: {
  tier: TierRow | null
  actions: TierActions
  close: () => void
}) {
  const create = useAction(actions.createTier)
  const preview = useAction(actions.previewTier)
  const edit = useAction(actions.editTier)
  const begin = tier ?? BLANK
  const [name, setName] = useState(begin.name)
  const [rank, setRank] = useState(String(begin.rank))
  const [tokenLimit, setTokenLimit] = useState(String(begin.tokenLimit))
  const [atLimit, setAtLimit] = useState<TierRow['atLimit']>(begin.atLimit)
  const [metrics, setMetrics] = useState<TierRow['metrics']>(begin.metrics)
  const [effect, setEffect] = useState<TierHits | null>(null)
  const failure = create.failure ?? preview.failure ?? edit.failure
  const form = useInvalidFocus(failure)
  // What was told holds for what was typed then.
  const typing =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      setEffect(null)
      set(value)
    }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = { name, rank: numberIn(rank), tokenLimit: numberIn(tokenLimit), atLimit, metrics }
    if (tier === null) {
      const made = await create.run(wanted)
      return made.ok ? done('created') : undefined
    }
    const input = { tierId: tier.id, ...wanted }
    if (effect === null) {
      const told = await preview.run(input)
      if (!told.ok) return
      if (told.data.over > 0 || told.data.changed > 0 || told.data.scopes.length > 0) return setEffect(told.data)
    }
    const edited = await edit.run(input)
    if (edited.ok) done('saved')
  }
  const done = (what: string) => {
    toastDone(`Tier ${what}`)
    close()
  }

  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent width="narrow">
        <DialogHeader>
          <DialogTitle>
            {tier === null ? (
              'New tier'
            ) : (
              <>
                Edit <bdi>{tier.name}</bdi>
              </>
            )}
          </DialogTitle>
          <DialogDescription>A data plan that organizations are given.</DialogDescription>
        </DialogHeader>
        <form ref={form} className={dialogForm} onSubmit={submit} noValidate>
          <DialogBody>
            <Field label="Name" error={failure?.fields['name']}>
              <Input value={name} autoComplete="off" dir="auto" onChange={(e) => typing(setName)(e.target.value)} />
            </Field>
            <div className="grid grid-cols-2 gap-4">
              <Field label="Rank" hint="A higher rank allows more." error={failure?.fields['rank']}>
                <Input value={rank} inputMode="numeric" onChange={(e) => typing(setRank)(e.target.value)} />
              </Field>
              <Field label="Token limit" hint="Active tokens at most." error={failure?.fields['tokenLimit']}>
                <Input value={tokenLimit} inputMode="numeric" onChange={(e) => typing(setTokenLimit)(e.target.value)} />
              </Field>
            </div>
            <Field group label="At the limit" error={failure?.fields['atLimit']}>
              <Segmented
                value={atLimit}
                onValueChange={typing(setAtLimit)}
                options={[
                  { value: 'refuse', label: 'Refuse' },
                  { value: 'replace', label: 'Replace the oldest' },
                ]}
              />
            </Field>
            <Field group label="Metrics" error={failure?.fields['metrics']}>
              <Segmented
                value={metrics}
                onValueChange={typing(setMetrics)}
                options={[
                  { value: 'basic', label: 'Basic' },
                  { value: 'extended', label: 'Extended' },
                ]}
              />
            </Field>
            {effect !== null && <Effect of={effect} />}
            <FailureNotice failure={failure} />
          </DialogBody>
          <DialogFormFoot
            verb={tier === null ? 'Create tier' : effect === null ? 'Save tier' : 'Save anyway'}
            pending={create.pending || preview.pending || edit.pending}
          />
        </form>
      </DialogContent>
    </Dialog>
  )
}

/** What is no number goes to the server as one that it refuses beside the field. */
const numberIn = (text: string) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : -1)

function Effect({ of: { over, overFirst, changed, scopes } }: { of: TierHits }) {
  const organizations = (count: number) => `${count} organization${count === 1 ? '' : 's'}`
  return (
    <Notice role="status">
      {over > 0 && (
        <>
          <p>
            {organizations(over)} would be over {over === 1 ? 'its' : 'their'} limit. No token is revoked, and no new
            one can be made there.
          </p>
          <ul aria-label="Organizations over their limit">
            {overFirst.map(({ slug, name, used, limit }) => (
              <li key={slug}>
                <bdi>{name}</bdi>: {used} of {limit}
              </li>
            ))}
            {over > overFirst.length && <li>and {over - overFirst.length} more</li>}
          </ul>
        </>
      )}
      {changed > 0 && <p>The effective tier of {organizations(changed)} changes.</p>}
      <LostScopes scopes={scopes} />
    </Notice>
  )
}
