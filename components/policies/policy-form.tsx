'use client'

import { type FormEvent, useState } from 'react'
import { PolicyControl } from '#components/policies/policy-control'
import type { PolicyDialog } from '#components/policies/policy-dialog'
import { changesOf, daysShown, heldIn, type PolicyDraft, parseDays, withDraft } from '#components/policies/policy-draft'
import { PolicyLevels } from '#components/policies/policy-levels'
import { Button } from '#components/ui/button'
import { FailureNotice, OUT_OF_DATE, toastFailure } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { SetPoliciesInput } from '#lib/policies/schema'
import type { Policies, PolicyEffect, PolicyTable } from '#lib/policies/view'
import type { Action } from '#lib/result'

export type PolicyActions = {
  /** What it would come to for tokens that exist. */
  readonly preview: Action<SetPoliciesInput, PolicyEffect>
  readonly save: Action<SetPoliciesInput, { readonly destroyed: number }>
}

/** Policies to be set, beside those above; what that comes to for tokens that exist is asked about first. */
export function PolicyForm({ table, actions, verb }: { table: PolicyTable; actions: PolicyActions; verb: string }) {
  const preview = useAction(actions.preview)
  const save = useAction(actions.save)
  const [draft, setDraft] = useState<PolicyDraft>({})
  const [dayError, setDayError] = useState<string | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const held = heldIn(table)
  const text = daysShown(held, draft)
  const parsed = parseDays(text, table.loosest.longestLifetimeDays)
  const days = typeof parsed === 'object' && parsed !== null ? held.longestLifetimeDays : parsed
  const wanted = withDraft(held, draft, days)
  const failure = preview.failure ?? save.failure
  const form = useInvalidFocus(dayError === null ? failure : { dayError })
  const isChanged = Object.keys(draft).length > 0

  const change = (part: PolicyDraft) => {
    setDayError(null)
    setDraft((before) => ({ ...before, ...part }))
  }
  const discard = () => {
    setDayError(null)
    setDraft({})
    preview.clear()
    save.clear()
  }

  const keep = async (changes: Partial<Policies>) => {
    const result = await save.run({ organizationId: table.organizationId, ...changes })
    setAsking(null)
    if (!result.ok) return
    setDraft({})
    const { destroyed } = result.data
    toastDone(destroyed === 0 ? 'Policies saved' : `Policies saved. Sealed secrets destroyed: ${destroyed}.`)
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (typeof parsed === 'object' && parsed !== null) return setDayError(parsed.error)
    const changes = changesOf(held, draft, days)
    if (Object.keys(changes).length === 0) return discard()
    const result = await preview.run({ organizationId: table.organizationId, ...changes })
    if (!result.ok) return
    if (result.data.over === 0 && result.data.sealed === 0) return keep(changes)
    try {
      const { PolicyDialog } = await import('#components/policies/policy-dialog')
      setAsking({ Dialog: PolicyDialog, effect: result.data, changes })
    } catch {
      toastFailure(OUT_OF_DATE)
    }
  }

  return (
    <form ref={form} noValidate onSubmit={submit}>
      <PolicyLevels
        levels={table.levels}
        fixed={table.fixed}
        wanted={wanted}
        control={(name) => (
          <PolicyControl
            name={name}
            table={table}
            wanted={wanted}
            days={text}
            change={change}
            error={name === 'longestLifetimeDays' ? (dayError ?? failure?.fields[name]) : failure?.fields[name]}
          />
        )}
      />
      <div className="mt-5 grid max-w-[760px] gap-4">
        <FailureNotice failure={failure} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" pending={preview.pending || save.pending} disabled={!isChanged}>
            {verb}
          </Button>
          {isChanged && (
            <Button variant="quiet" onClick={discard}>
              Discard changes
            </Button>
          )}
        </div>
      </div>
      {asking !== null && (
        <asking.Dialog
          verb={verb}
          effect={asking.effect}
          pending={save.pending}
          confirm={() => void keep(asking.changes)}
          close={() => setAsking(null)}
        />
      )}
    </form>
  )
}

type Asking = {
  readonly Dialog: typeof PolicyDialog
  readonly effect: PolicyEffect
  readonly changes: Partial<Policies>
}
