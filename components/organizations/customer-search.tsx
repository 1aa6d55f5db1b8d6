'use client'

import { debounce, useQueryStates } from 'nuqs'
import { useId, useState } from 'react'
import { SearchField } from '#components/ui/search-field'
import { customerSearchParsers } from '#lib/organizations/search'
import { looksLikeSecret } from '#lib/tokens/search'

const WAIT_MS = 250

/** The search box of the list, into the URL a moment after typing. A secret typed or pasted goes nowhere. */
export function CustomerSearchBox() {
  const [{ q, after, before }, setSearch] = useQueryStates(customerSearchParsers, {
    shallow: false,
    history: 'replace',
  })
  const [secret, setSecret] = useState<string | null>(null)
  const noteId = useId()

  const change = (text: string) => {
    if (looksLikeSecret(text)) return setSecret(text)
    setSecret(null)
    // Only what is there is dropped: each part waits on its own, and a late one would undo what was clicked meanwhile.
    const cursors = { ...(after === null ? {} : { after: null }), ...(before === null ? {} : { before: null }) }
    void setSearch({ q: text, ...cursors }, text === '' ? {} : { limitUrlUpdates: debounce(WAIT_MS) })
  }

  return (
    <search className="min-w-0 sm:w-64">
      <SearchField
        aria-label="Search customers"
        placeholder="Search customers"
        value={secret ?? q}
        onChange={(event) => change(event.target.value)}
        {...(secret === null ? {} : { 'aria-invalid': true, 'aria-describedby': noteId })}
      />
      {secret !== null && (
        <p id={noteId} role="alert" className="mt-1.5 text-danger-text text-small">
          That looks like a secret. Search for a name instead.
        </p>
      )}
    </search>
  )
}
