'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useId, useState, useTransition } from 'react'
import { cn } from '#components/ui/cn'
import { SearchField } from '#components/ui/search-field'
import { looksLikeSecret, searchText } from '#lib/lists/search'

const WAIT_MS = 250

/**
 * The search box of a list, into the URL a moment after typing, or at once when the box is left: whatever is clicked next
 * begins after it and wins. A secret typed or pasted goes nowhere; `instead` says what to search for then.
 */
export function SearchBox({
  label,
  q,
  href,
  instead,
  className,
}: {
  label: string
  /** What is searched for now, by the URL. */
  q: string
  /** The list's first page with that search. */
  href: (q: string) => string
  instead: string
  className?: string
}) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  // Shown until the URL says the same, or has come to rest without it; `waits` to be sent.
  const [typed, setTyped] = useState<{ readonly text: string; readonly waits: boolean } | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const noteId = useId()

  const send = (text: string) => {
    const sought = searchText(text)
    setTyped({ text, waits: false })
    if (sought !== q || pending) startTransition(() => router.replace(href(sought), { scroll: false }))
  }
  const sendNow = () => {
    if (typed?.waits) send(typed.text)
  }
  const change = (text: string) => {
    if (looksLikeSecret(text)) return setSecret(text)
    setSecret(null)
    if (text === '') send(text)
    else setTyped({ text, waits: true })
  }

  const late = useEffectEvent(sendNow)
  useEffect(() => {
    if (!typed?.waits) return
    const timer = setTimeout(() => late(), WAIT_MS)
    return () => clearTimeout(timer)
  }, [typed])

  const settle = useEffectEvent(() => {
    if (!pending && typed !== null && !typed.waits && searchText(typed.text) !== q) setTyped(null)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks again whenever the URL has come to rest
  useEffect(() => settle(), [pending, q])

  // Back and Forward leave no box behind, and win too.
  useEffect(() => {
    const drop = () => setTyped(null)
    window.addEventListener('popstate', drop)
    return () => window.removeEventListener('popstate', drop)
  }, [])

  return (
    <search className={cn('min-w-0 sm:w-64', className)}>
      <SearchField
        aria-label={label}
        placeholder={label}
        value={secret ?? typed?.text ?? q}
        onChange={(event) => change(event.target.value)}
        onBlur={sendNow}
        onKeyDown={(event) => event.key === 'Enter' && sendNow()}
        {...(secret === null ? {} : { 'aria-invalid': true, 'aria-describedby': noteId })}
      />
      {secret !== null && (
        <p id={noteId} role="alert" className="mt-1.5 text-danger-text text-small">
          That looks like a secret. {instead}
        </p>
      )}
    </search>
  )
}
