'use client'

import { type ReactNode, useId } from 'react'
import { Day, Instant } from '#components/time/instant'
import { TokenStrip } from '#components/tokens/token-strip'
import { Checkbox } from '#components/ui/checkbox'
import { Field } from '#components/ui/field'
import type { PersonalTokensOf } from '#lib/tokens/view'

type Listed = PersonalTokensOf['tokens'][number]

/** The active personal tokens of somebody else, to be ticked; `looking`: they are still looked up. */
export function PersonalTokens({
  tokens: all,
  looking,
  ticked,
  onChange,
  error,
}: {
  tokens: readonly Listed[]
  looking: boolean
  ticked: ReadonlySet<string>
  onChange: (ticked: ReadonlySet<string>) => void
  error: string | undefined
}) {
  const tick = ({ id }: Listed, on: boolean) =>
    onChange(new Set(on ? [...ticked, id] : [...ticked].filter((each) => each !== id)))
  return (
    <Field
      group
      label="Active tokens"
      aside={ticked.size === 0 ? undefined : `${ticked.size} chosen`}
      hint={all.length === AT_MOST ? `The newest ${AT_MOST}.` : undefined}
      error={error}
    >
      <fieldset
        aria-label="Active tokens"
        data-invalid={error === undefined ? undefined : ''}
        className="max-h-64 min-w-0 divide-y overflow-y-auto overscroll-contain rounded-control border"
      >
        {all.length > 1 && (
          <Row
            checked={ticked.size > 0 && (ticked.size === all.length || 'indeterminate')}
            onCheckedChange={() => onChange(new Set(ticked.size === all.length ? [] : all.map(({ id }) => id)))}
          >
            All {all.length}
          </Row>
        )}
        {all.map((token) => (
          <Row key={token.id} checked={ticked.has(token.id)} onCheckedChange={(on) => tick(token, on)}>
            <TokenStrip token={{ ...token, status: 'active', kept: false, rotation: null }} />
            <span className="block text-muted text-small">
              Created <Day at={token.createdAt} />, <LastUsed at={token.lastUsedAt} />
            </span>
          </Row>
        ))}
        {looking && (
          <p role="status" className="px-2.5 py-1.5 text-muted text-small">
            Looking…
          </p>
        )}
      </fieldset>
    </Field>
  )
}

function Row({
  checked,
  onCheckedChange,
  children,
}: {
  checked: boolean | 'indeterminate'
  onCheckedChange: (checked: boolean) => void
  children: ReactNode
}) {
  const box = useId()
  return (
    <div className="relative flex items-start gap-2.5 px-2.5 py-1.5 touch:py-2.5">
      <Checkbox id={box} className="mt-0.5" checked={checked} onCheckedChange={onCheckedChange} />
      <label htmlFor={box} className="min-w-0 flex-1 leading-5 after:absolute after:inset-0">
        {children}
      </label>
    </div>
  )
}

function LastUsed({ at }: { at: Date | null }) {
  if (at === null) return 'never used'
  return (
    <>
      last used <Instant at={at} inSentence />
    </>
  )
}

// As many as are listed at most.
const AT_MOST = 100
