'use client'

import { PlainPage } from '#components/shell/plain-page'
import { Button } from '#components/ui/button'
import { digestOf } from '#components/ui/use-action'

/** A page that failed to render: never the error's own text, only the id under which it was logged. */
export function Fault({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = digestOf(error)
  return (
    <PlainPage
      heading="Something failed on our side"
      text={
        <>
          <p>The page could not be shown. Try again; if it fails again, tell whoever runs this Tokenry.</p>
          {digest && (
            <p className="mt-1.5">
              Id of this fault: <code className="text-mono text-text">{digest}</code>
            </p>
          )}
        </>
      }
      action={
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      }
    />
  )
}
