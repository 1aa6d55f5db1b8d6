'use client'

import { CalendarRange } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type FormEvent, useRef, useState } from 'react'
import { choiceClass } from '#components/audit/choices'
import { endOfDay } from '#components/time/day'
import { useClock } from '#components/time/now'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { type AuditSearch, auditHref } from '#lib/audit/search'

const dayIn = (at: Date, timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at)

/** A period from one day to another, both whole, in the viewer's time zone; the button shows the fields. */
export function DateFilter({ path, search }: { path: string; search: AuditSearch }) {
  const { from, to } = search
  const chosen = from !== null || to !== null
  const [asked, setAsked] = useState(chosen)
  const open = asked || chosen
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        disabled={chosen}
        onClick={() => setAsked(!asked)}
        className={choiceClass(chosen)}
      >
        <CalendarRange aria-hidden className="icon-small" />
        Dates
      </button>
      {open && <Dates key={`${from?.getTime()} ${to?.getTime()}`} path={path} search={search} />}
    </>
  )
}

function Dates({ path, search }: { path: string; search: AuditSearch }) {
  const router = useRouter()
  const last = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<string>()
  const days = useClock((_, timeZone) =>
    [search.from, search.to && new Date(search.to.getTime() - 1)].map((at) => at && dayIn(at, timeZone)).join(' '),
  )
  const [firstDay = '', lastDay = ''] = days.split(' ')

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const day = (name: string) => endOfDay(String(data.get(name)))
    const [begins, to] = [day('from'), day('to')]
    // The day's own beginning, which is not always 24 hours before its end.
    const from = begins && new Date(`${data.get('from')}T00:00`)
    if (from !== null && to !== null && to <= from) {
      setError('The last day lies before the first.')
      last.current?.focus()
      return
    }
    router.push(auditHref(path, search, { from, to, period: null }), { scroll: false })
  }

  return (
    <form
      onSubmit={submit}
      aria-label="Dates"
      className="flex basis-full flex-wrap items-end gap-x-3 gap-y-2 px-1 py-1 max-sm:flex-col max-sm:items-stretch"
    >
      <Field label="First day">
        <Input key={firstDay} type="date" name="from" min="1970-01-01" max="2999-12-30" defaultValue={firstDay} />
      </Field>
      <Field label="Last day" error={error}>
        <Input
          ref={last}
          key={lastDay}
          type="date"
          name="to"
          min="1970-01-01"
          max="2999-12-30"
          defaultValue={lastDay}
        />
      </Field>
      <Button type="submit">Show</Button>
    </form>
  )
}
