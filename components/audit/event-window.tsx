'use client'

import type { ComponentProps } from 'react'
import { kindOf } from '#components/audit/chosen'
import { EventSentence, EventTarget } from '#components/audit/event'
import { ListWindow } from '#components/lists/list-window'
import type { ListWindowProps } from '#components/lists/use-list-dialog'
import { formatExact } from '#components/time/format'
import { Instant } from '#components/time/instant'
import { useClock } from '#components/time/now'
import { Button } from '#components/ui/button'
import { DescriptionList, Fact } from '#components/ui/description-list'
import { DialogBody, DialogClose, DialogFooter, DialogHeader, DialogTitle } from '#components/ui/dialog'
import { TextLink } from '#components/ui/text-link'
import { isAuditAction } from '#lib/audit/choices'
import { type AuditSearch, aboutOf, auditHref } from '#lib/audit/search'
import type { AuditEventView } from '#lib/audit/view'

type Narrowing = { path: string; search: AuditSearch }

/** All there is to know of one event, and the ways to those like it. */
export function EventWindow({ state: event, path, search, ...frame }: ListWindowProps<AuditEventView> & Narrowing) {
  const { actor, target, action } = event
  const to = (change: Partial<AuditSearch>) => auditHref(path, search, change)
  return (
    <ListWindow {...frame}>
      <DialogHeader>
        <DialogTitle className="font-book text-soft [overflow-wrap:anywhere]">
          <EventSentence action={action} actor={actor} target={<EventTarget target={{ ...target, href: null }} />} />
        </DialogTitle>
      </DialogHeader>
      <DialogBody>
        <Facts event={event} />
        <ul className="flex flex-col gap-1.5">
          <Like href={to({ actor })} onClick={frame.close}>
            All that <bdi>{actor}</bdi> did
          </Like>
          <Like href={to({ about: aboutOf(event) })} onClick={frame.close}>
            All that was done to <bdi>{target.name ?? 'this personal token'}</bdi>
          </Like>
          {isAuditAction(action) && (
            <Like href={to({ show: action })} onClick={frame.close}>
              All events “{kindOf(action)}”
            </Like>
          )}
        </ul>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button autoFocus>Done</Button>
        </DialogClose>
      </DialogFooter>
    </ListWindow>
  )
}

/** The way to the events that are like it in one respect; the dialog closes, and the list behind it changes. */
function Like(link: ComponentProps<typeof TextLink>) {
  return (
    <li>
      <TextLink prefetch={false} {...link} />
    </li>
  )
}

function Facts({ event: { at, target, organization, ip, userAgent, details } }: { event: AuditEventView }) {
  const exact = useClock((_, timeZone) => formatExact(at, timeZone))
  return (
    <DescriptionList>
      <Fact term="When">
        {exact}{' '}
        <span className="text-muted">
          <Instant at={at} inSentence />
        </span>
      </Fact>
      <Fact term="What">
        <EventTarget target={target} />
        <span className="block break-all text-mono text-muted leading-5">{target.id}</span>
      </Fact>
      {organization !== null && (
        <Fact term="Organization">
          <bdi>{organization.name}</bdi>
        </Fact>
      )}
      {details.length > 0 && (
        <Fact term="Details">
          <ul className="flex flex-col gap-1">
            {details.map((detail) => (
              <li key={detail} className="[overflow-wrap:anywhere]">
                {detail}
              </li>
            ))}
          </ul>
        </Fact>
      )}
      <Fact term="From">
        <span className="text-mono leading-5">{ip ?? 'an address that was not noted'}</span>
        {userAgent !== null && (
          <span className="block text-mono text-muted leading-5 [overflow-wrap:anywhere]">{userAgent}</span>
        )}
      </Fact>
    </DescriptionList>
  )
}
