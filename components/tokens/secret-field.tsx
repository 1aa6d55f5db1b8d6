'use client'

import type { ClipboardEvent, RefObject } from 'react'
import { Field, useFieldControl } from '#components/ui/field'

const SECRET_LENGTH = 49
const TAIL_LENGTH = 4

const NOTCHES =
  '[mask:radial-gradient(circle_7px_at_0_50%,#0000_96%,#000)_0_0/51%_100%_no-repeat,radial-gradient(circle_7px_at_100%_50%,#0000_96%,#000)_100%_0/51%_100%_no-repeat]'

// 37 characters a line: at 0.631 em each they fill the dialog at 17.5 px, and shrink with it down to 12.5.
const LETTERS = [
  'relative mx-auto w-[calc(37ch+1px)] max-w-full whitespace-pre-wrap break-all text-mono-reveal leading-[1.7143]',
  'text-[length:clamp(12.5px,calc((100cqw-34px)/23.42),17.5px)]',
].join(' ')

/** What stands in the field: the secret while it is shown, else the id, dots, and the tail once there is one. */
export function secretFieldValue(stub: string, tail: string | null, secret: string | null, shown: boolean): string {
  if (secret !== null && shown) return secret
  const end = secret?.slice(-TAIL_LENGTH) ?? tail ?? ''
  return stub + '•'.repeat(SECRET_LENGTH - end.length) + end
}

/**
 * The read-only field Token, 37 characters a line, drawn as a slip with two notches. A text area lies transparent over
 * coloured letters, so that it can be selected, copied and read out like any field. `onCopy` tells of a copy by hand.
 */
export function SecretField({
  stub,
  headLength,
  tail,
  secret,
  shown,
  field,
  onCopy,
}: {
  /** `tok_org_3kTq9ZpWb1xYc0Lm_` */
  stub: string
  headLength: number
  tail: string | null
  secret: string | null
  shown: boolean
  field: RefObject<HTMLTextAreaElement | null>
  onCopy: () => void
}) {
  const value = secretFieldValue(stub, tail, secret, shown)
  return (
    <Field label="Token">
      <div className="@container relative rounded-control has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-focus has-[:focus-visible]:outline-offset-2 forced-colors:border">
        <div className={`absolute inset-0 rounded-control bg-accent-soft ${NOTCHES}`} />
        <div className="px-4 py-2.5">
          <div className={LETTERS}>
            <p aria-hidden className="text-accent-text">
              <span className="text-muted">{value.slice(0, headLength)}</span>
              <span className="text-text">{value.slice(headLength, stub.length)}</span>
              {value.slice(stub.length)}
            </p>
            {secret !== null && <TornOff stub={stub} />}
            <Letters value={value} field={field} onCopy={shown ? onCopy : undefined} />
          </div>
        </div>
      </div>
    </Field>
  )
}

/** The blank slip on its way off the stub, once, at the moment of the reveal. */
function TornOff({ stub }: { stub: string }) {
  return (
    <p
      aria-hidden
      className="pointer-events-none absolute inset-0 translate-x-1.5 text-accent-text opacity-0 transition duration-240 starting:translate-x-0 starting:opacity-100"
    >
      <span className="invisible">{stub}</span>
      {'•'.repeat(SECRET_LENGTH)}
    </p>
  )
}

function Letters({
  value,
  field,
  onCopy,
}: {
  value: string
  field: RefObject<HTMLTextAreaElement | null>
  onCopy: (() => void) | undefined
}) {
  const copied = ({ currentTarget: { selectionStart, selectionEnd } }: ClipboardEvent<HTMLTextAreaElement>) => {
    if (selectionEnd - selectionStart === value.length) onCopy?.()
  }
  return (
    <textarea
      {...useFieldControl()}
      ref={field}
      readOnly
      value={value}
      onCopy={copied}
      spellCheck={false}
      autoComplete="off"
      translate="no"
      className={[
        'absolute inset-0 block h-full w-full resize-none overflow-hidden whitespace-pre-wrap break-all border-0 p-0',
        'bg-transparent text-transparent caret-transparent outline-none [font:inherit]',
        'selection:bg-accent/35 selection:text-transparent forced-colors:text-[Canvas]',
      ].join(' ')}
    />
  )
}
