'use client'

import { Ban, Trash2, X } from 'lucide-react'
import { useEffect, useEffectEvent, useRef } from 'react'
import { tickedTokens, useSelection } from '#components/tokens/selection'
import { TickPage, tickId } from '#components/tokens/selection-checks'
import { useTokenCommands } from '#components/tokens/token-dialogs'
import { Button } from '#components/ui/button'

/** In the place of search and filter while tokens are ticked: how many, and what can be done to all of them. */
export function SelectionBar() {
  const selection = useSelection()
  const { askSeveral } = useTokenCommands()
  const { ticked, page, clear, settle } = selection

  const bar = useRef<HTMLElement>(null)
  const clearAll = () => {
    clear()
    // The bar goes with its buttons; who stands elsewhere stays there.
    if (document.activeElement === document.body || bar.current?.contains(document.activeElement))
      document.getElementById(tickId(page[0]?.id ?? ''))?.focus()
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // A menu, a dialog or a tip that closes has the key for itself.
    if (event.key === 'Escape' && !event.defaultPrevented) clearAll()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])

  const ask = (verb: 'revoke' | 'delete', from: HTMLElement) =>
    askSeveral({ kind: 'several', verb, tokens: tickedTokens(selection), onPage: page, settle }, from)

  return (
    <section
      ref={bar}
      aria-label="Selection"
      className="mb-2 flex min-h-9 flex-wrap items-center gap-x-2 gap-y-1 rounded-control bg-selected px-3 py-0.5 sm:-mx-3 forced-colors:border"
    >
      <span className="mr-1 sm:hidden">
        <TickPage />
      </span>
      <p role="status" className="mr-auto sm:mr-3">
        <strong>{ticked.size}</strong> selected
      </p>
      <Button variant="quiet" size="small" className="sm:order-last sm:ml-auto" onClick={clearAll}>
        <X aria-hidden />
        Clear
      </Button>
      <span className="flex gap-2 max-sm:basis-full max-sm:pb-1.5 max-sm:[&>button]:flex-1">
        <Button size="small" onClick={(event) => ask('revoke', event.currentTarget)}>
          <Ban aria-hidden />
          Revoke
        </Button>
        <Button size="small" onClick={(event) => ask('delete', event.currentTarget)}>
          <Trash2 aria-hidden />
          Delete
        </Button>
      </span>
    </section>
  )
}
