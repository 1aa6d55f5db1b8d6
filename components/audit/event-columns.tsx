'use client'

import { Info } from 'lucide-react'
import { browserName } from '#components/accounts/browser-name'
import { EventIcon, EventSentence, EventTarget, eventInWords } from '#components/audit/event'
import { columnsOf } from '#components/data-table/columns'
import { Instant } from '#components/time/instant'
import { menuButtonId } from '#components/tokens/focus-after-dialog'
import { Button } from '#components/ui/button'
import type { AuditEventView } from '#lib/audit/view'

/** An event with what opens its details. */
export type Listed = AuditEventView & { readonly ask: (from: HTMLElement | null) => void }

const column = columnsOf<Listed>()

// The block of a row on a phone: the sentence and its button; then a fact a line.
export const EVENT_BLOCK =
  'max-sm:grid max-sm:h-auto max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-start max-sm:gap-x-2 max-sm:gap-y-0.5 max-sm:py-2.5'

const LINE = 'max-sm:col-span-full max-sm:pl-9.5'

const what = column.display({
  id: 'what',
  header: 'What happened',
  meta: { className: 'sm:w-1/2' },
  cell: ({ row: { original: event } }) => (
    <div className="flex gap-3">
      <EventIcon action={event.action} />
      <div className="min-w-0 self-center">
        <p className="text-soft [overflow-wrap:anywhere]">
          <EventSentence action={event.action} actor={event.actor} target={<EventTarget target={event.target} />} />
        </p>
        {event.details.slice(0, 2).map((detail) => (
          <p key={detail} className="line-clamp-1 text-muted text-small [overflow-wrap:anywhere]">
            {detail}
          </p>
        ))}
      </div>
    </div>
  ),
})

const where = column.accessor('organization', {
  header: 'Organization',
  meta: { cellClassName: `${LINE} text-soft [overflow-wrap:anywhere]` },
  cell: ({ getValue }) => {
    const organization = getValue()
    return organization === null ? (
      <span className="text-muted max-sm:hidden">None</span>
    ) : (
      <bdi>{organization.name}</bdi>
    )
  },
})

const from = column.accessor('ip', {
  header: 'From',
  meta: { className: 'sm:max-lg:hidden', cellClassName: `${LINE} text-muted text-small` },
  cell: ({ row: { original: event } }) => (
    <>
      <span className="inline-block text-mono text-soft leading-5 [overflow-wrap:anywhere]">
        {event.ip ?? 'Not noted'}
      </span>
      {event.userAgent !== null && (
        <span className="block max-w-44 truncate max-sm:inline max-sm:pl-2" title={event.userAgent}>
          {browserName(event.userAgent)}
        </span>
      )}
    </>
  ),
})

const when = column.accessor('at', {
  header: 'When',
  meta: { className: 'whitespace-nowrap', cellClassName: `${LINE} text-soft` },
  cell: ({ getValue }) => <Instant at={getValue()} />,
})

const details = column.display({
  id: 'details',
  header: 'Details',
  meta: {
    hiddenHead: true,
    className: 'sm:w-0',
    cellClassName: 'max-sm:col-start-2 max-sm:row-start-1 max-sm:-mr-3',
  },
  cell: ({ row: { original: event } }) => (
    <Button
      id={menuButtonId(event.id)}
      variant="quiet"
      size="icon"
      aria-label={`Details: ${eventInWords(event)}`}
      onClick={(press) => event.ask(press.currentTarget)}
    >
      <Info aria-hidden />
    </Button>
  ),
})

/** The columns of the log; organizations are named where events of several can stand in it. */
export const eventColumns = (several: boolean) =>
  several ? column.columns([what, where, from, when, details]) : column.columns([what, from, when, details])
