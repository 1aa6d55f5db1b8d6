'use client'

import { useId, useState } from 'react'
import { useDeviceChoices } from '#components/devices/use-device-choices'
import { Checkbox } from '#components/ui/checkbox'
import { Field } from '#components/ui/field'
import { SearchField } from '#components/ui/search-field'
import { Segmented } from '#components/ui/segmented'
import type { DeviceChoiceView } from '#lib/devices/view'

type DevicesFieldProps = {
  /** Where devices are looked up. */
  url: string
  /** null: all. */
  value: readonly string[] | null
  onChange: (devices: readonly string[] | null) => void
  /** The devices that may be chosen; null: any. */
  within?: readonly string[] | null
  /** The word for all of them, and for what that is. */
  all?: string
  hint?: string
  error: string | undefined
}

/** What something is narrowed to: all devices, or chosen ones, found by name or id. */
export function DevicesField({
  url,
  value,
  onChange,
  within = null,
  all = 'All devices',
  hint,
  error,
}: DevicesFieldProps) {
  // What was chosen comes back when All was only tried.
  const [chosen, setChosen] = useState<readonly string[]>(value ?? [])
  const choose = (devices: readonly string[]) => {
    setChosen(devices)
    onChange(devices)
  }
  return (
    <Field
      group
      label="Devices"
      aside={value === null ? undefined : `${value.length} chosen`}
      hint={value?.length === 0 ? 'With none chosen, no device is reached.' : hint}
      error={error}
    >
      <Segmented
        value={value === null ? 'all' : 'chosen'}
        onValueChange={(next) => onChange(next === 'all' ? null : chosen)}
        options={[
          { value: 'all', label: all },
          { value: 'chosen', label: 'Chosen devices' },
        ]}
      />
      {value !== null && <Choices url={url} chosen={value} onChange={choose} within={within} />}
    </Field>
  )
}

function Choices({
  url,
  chosen,
  onChange,
  within,
}: {
  url: string
  chosen: readonly string[]
  onChange: (devices: readonly string[]) => void
  within: readonly string[] | null
}) {
  const [text, setText] = useState('')
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  // Those that were chosen before stand first, and stay while others are looked for.
  const [kept] = useState(chosen)
  const { found, failed } = useDeviceChoices(url, text)
  const listed = found?.devices.filter(({ id }) => within === null || within.includes(id)) ?? []
  const known = within?.filter((id) => id.toLowerCase().includes(text.toLowerCase())) ?? (text === '' ? kept : [])
  const unlisted = known.filter((id) => listed.every((device) => device.id !== id))
  const rows: DeviceChoiceView[] = [...unlisted.map((id) => ({ id, name: names.get(id) ?? id })), ...listed]
  const toggle = ({ id, name }: DeviceChoiceView, checked: boolean) => {
    setNames(new Map(names).set(id, name))
    onChange(checked ? [...chosen, id] : chosen.filter((each) => each !== id))
  }
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <SearchField
        id={useId()}
        // The label of the field around is the group's.
        aria-labelledby={undefined}
        aria-label="Search devices"
        placeholder="Search name or id"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <fieldset
        aria-label="Devices found"
        className="max-h-52 min-w-0 divide-y overflow-y-auto overscroll-contain rounded-control border"
      >
        {rows.map((device) => (
          <DeviceRow
            key={device.id}
            device={device}
            checked={chosen.includes(device.id)}
            onCheckedChange={(checked) => toggle(device, checked)}
          />
        ))}
        <p role="status" className="px-2.5 py-1.5 text-muted text-small empty:hidden">
          {noteOf(rows.length, listed.length, within === null ? (found?.total ?? null) : listed.length, failed)}
        </p>
      </fieldset>
    </div>
  )
}

function noteOf(shown: number, listed: number, total: number | null, failed: boolean): string | null {
  if (failed) return 'The devices could not be looked up. Type again to try again.'
  if (total === null) return 'Looking…'
  if (shown === 0) return 'No device matches.'
  return total > listed && listed >= 50 ? `The first ${listed} of ${total}. Search to find the others.` : null
}

function DeviceRow({
  device: { id, name },
  checked,
  onCheckedChange,
}: {
  device: DeviceChoiceView
  checked: boolean
  onCheckedChange: (checked: boolean) => void
}) {
  const box = useId()
  return (
    <div className="relative flex items-start gap-2.5 px-2.5 py-1.5 touch:py-2.5">
      <Checkbox id={box} className="mt-0.5" checked={checked} onCheckedChange={onCheckedChange} />
      <label
        htmlFor={box}
        className="flex min-w-0 flex-1 flex-wrap justify-between gap-x-3 leading-5 after:absolute after:inset-0"
      >
        <bdi className="[overflow-wrap:anywhere]">{name}</bdi>
        <span className="break-all text-mono text-muted leading-5">{id}</span>
      </label>
    </div>
  )
}
