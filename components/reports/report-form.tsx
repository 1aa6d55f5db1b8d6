'use client'

import { type FormEvent, useState } from 'react'
import { type ChosenPeriod, instantsOf } from '#components/reports/period'
import type { ReportActions } from '#components/reports/report-actions'
import { useClock } from '#components/time/now'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Panel } from '#components/ui/panel'
import { Segmented } from '#components/ui/segmented'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { ReportFormat, ReportPeriodName } from '#lib/reports/choices'

const PERIODS: readonly { value: ReportPeriodName; label: string }[] = [
  { value: 'week', label: '7 days' },
  { value: 'month', label: '30 days' },
  { value: 'quarter', label: '90 days' },
  { value: 'year', label: 'Year' },
  { value: 'custom', label: 'Custom' },
]

const FORMATS: readonly { value: ReportFormat; label: string }[] = [
  { value: 'pdf', label: 'PDF' },
  { value: 'csv', label: 'CSV' },
]

/** Asks for a report of a period by the viewer's days. */
export function ReportForm({
  organizationId,
  requestReport,
}: {
  organizationId: string
  requestReport: ReportActions['requestReport']
}) {
  const { run, pending, failure } = useAction(requestReport)
  const [period, setPeriod] = useState<ChosenPeriod>({ name: 'month', first: '', last: '' })
  const [format, setFormat] = useState<ReportFormat>('pdf')
  const [errors, setErrors] = useState<{ readonly first?: string; readonly last?: string } | null>(null)
  const timeZone = useClock((_, zone) => zone)
  const form = useInvalidFocus(errors ?? failure)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const instants = instantsOf(period, new Date())
    if ('errors' in instants) return setErrors(instants.errors)
    setErrors(null)
    const { from, to } = instants
    const asked = { organizationId, format, from: from.toISOString(), to: to.toISOString(), timeZone }
    const result = await run(asked)
    if (result.ok) toastDone('Report asked for')
  }

  return (
    <Panel heading="New report" aside={timeZone}>
      <form ref={form} noValidate onSubmit={submit} className="grid gap-4.5">
        <div className="flex flex-wrap gap-x-6 gap-y-4.5">
          <Field label="Period" group className="w-full max-w-[30rem]">
            <Segmented value={period.name} onValueChange={(name) => setPeriod({ ...period, name })} options={PERIODS} />
          </Field>
          <Field label="Format" group className="w-full max-w-[10rem]">
            <Segmented value={format} onValueChange={setFormat} options={FORMATS} />
          </Field>
        </div>
        {period.name === 'custom' && (
          <div className="flex flex-wrap gap-x-4 gap-y-4.5">
            <Field label="First day" error={errors?.first ?? failure?.fields['from']} className="w-full max-w-[14rem]">
              <Input
                type="date"
                value={period.first}
                onChange={(event) => setPeriod({ ...period, first: event.target.value })}
              />
            </Field>
            <Field
              label="Last day"
              hint="At most 366 days."
              error={errors?.last ?? failure?.fields['to']}
              className="w-full max-w-[14rem]"
            >
              <Input
                type="date"
                value={period.last}
                onChange={(event) => setPeriod({ ...period, last: event.target.value })}
              />
            </Field>
          </div>
        )}
        <FailureNotice failure={failure} />
        <div>
          <Button type="submit" variant="primary" pending={pending}>
            Create report
          </Button>
        </div>
      </form>
    </Panel>
  )
}
