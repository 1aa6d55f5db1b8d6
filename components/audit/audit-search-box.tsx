'use client'

import { debounce, useQueryStates } from 'nuqs'
import { useId, useState } from 'react'
import { SearchField } from '#components/ui/search-field'
import { auditSearchParsers } from '#lib/audit/search'
import { looksLikeSecret } from '#lib/tokens/search'

const WAIT_MS = 250
const LABEL = 'Search name, person or token id'

/** The search box of the log, into the URL a moment after typing, with the first page. A secret goes nowhere. */
export function AuditSearchBox() {
  const [{ q, after, before, at }, setSearch] = useQueryStates(auditSearchParsers, {
    shallow: false,
    history: 'replace',
  })
  const [secret, setSecret] = useState<string | null>(null)
  const noteId = useId()
  const change = (text: string) => {
    if (looksLikeSecret(text)) return setSecret(text)
    setSecret(null)
    // Only what is there is dropped: each part waits on its own, and a late one would undo what was clicked meanwhile.
    const page = {
      ...(after === null ? {} : { after: null }),
      ...(before === null ? {} : { before: null }),
      ...(at === null ? {} : { at: null }),
    }
    void setSearch({ q: text, ...page }, text === '' ? {} : { limitUrlUpdates: debounce(WAIT_MS) })
  }
  return (
    <search className="block min-w-0 sm:w-72">
      <SearchField
        aria-label={LABEL}
        placeholder={LABEL}
        value={secret ?? q}
        onChange={(event) => change(event.target.value)}
        {...(secret === null ? {} : { 'aria-invalid': true, 'aria-describedby': noteId })}
      />
      {secret !== null && (
        <p id={noteId} role="alert" className="mt-1.5 text-danger-text text-small">
          That looks like a secret. Search by the token&apos;s id instead.
        </p>
      )}
    </search>
  )
}
