import type { ReactNode } from 'react'
import { wordsFor } from '#components/audit/event-words'
import { TextLink } from '#components/ui/text-link'
import type { AuditEventView } from '#lib/audit/view'

/** The picture of an event, on a disc; decoration. */
export function EventIcon({ action }: { action: string }) {
  const { Icon } = wordsFor(action)
  return (
    <span aria-hidden className="grid size-6.5 shrink-0 place-items-center rounded-full bg-sunken text-soft">
      <Icon className="icon-small" />
    </span>
  )
}

/** Who did what to what: "cedar@demo.example revealed Default". */
export function EventSentence({ action, actor, target }: { action: string; actor: string; target: ReactNode }) {
  const [before, after] = wordsFor(action).says.split('{}')
  return (
    <>
      <bdi className="font-medium text-text">{actor}</bdi> {before}
      {after !== undefined && target}
      {after}
    </>
  )
}

/** The same as a text. */
export const eventInWords = ({ action, actor, target }: AuditEventView) =>
  `${actor} ${wordsFor(action).says.replace('{}', () => target.name ?? PERSONAL)}`

const PERSONAL = 'a personal token'

/** What it was done to, as it was called then, as a link where it is still there. */
export function EventTarget({ target: { name, href } }: { target: AuditEventView['target'] }) {
  if (name === null) return PERSONAL
  const called = <bdi className="font-medium text-text">{name}</bdi>
  return href === null ? (
    called
  ) : (
    <TextLink href={href} prefetch={false}>
      {called}
    </TextLink>
  )
}
