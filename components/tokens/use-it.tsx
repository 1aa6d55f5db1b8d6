'use client'

import { useSyncExternalStore } from 'react'
import { CopyButton } from '#components/ui/copy-button'
import { Panel } from '#components/ui/panel'
import { TextLink } from '#components/ui/text-link'
import type { TokenView } from '#lib/tokens/view'

const never = () => () => undefined

/** Command lines that try a token, for a shell in which TOKENRY_TOKEN holds the secret. `origin` empty: this page's own. */
export function UseIt({ token, origin }: { token: TokenView; origin: string }) {
  const here = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => '',
  )
  const base = origin === '' ? here : origin
  const bears = (scope: string) => token.scopes === null || token.scopes.includes(scope)
  return (
    <Panel heading="Use it" aside="TOKENRY_TOKEN holds the secret">
      <div className="space-y-3">
        <CommandLine label="What the token is and may do" command={`curl -s ${AUTHORIZATION} ${base}/api/v1/me`} />
        {bears('data:read') && (
          <CommandLine
            label="How tokens were used in the last 7 days"
            command={`curl -s ${AUTHORIZATION} ${base}/api/v1/usage`}
          />
        )}
        {bears('reports:read') && (
          <CommandLine
            label="The same as a PDF"
            command={`curl -s ${AUTHORIZATION} -o usage.pdf ${base}/api/v1/reports/usage.pdf`}
          />
        )}
        {token.scopes?.includes('tokens:verify') && (
          <CommandLine
            label="Whether another token is good"
            command={[
              `curl -s -X POST ${AUTHORIZATION} \\`,
              `  -H "Content-Type: application/json" -d '{"token":"'"$TOKEN_TO_CHECK"'"}' \\`,
              `  ${base}/api/v1/verify`,
            ].join('\n')}
          />
        )}
        <p className="text-muted text-small">
          All that it can be used for is in the <TextLink href="/docs/api">API reference</TextLink>.
        </p>
      </div>
    </Panel>
  )
}

const AUTHORIZATION = '-H "Authorization: Bearer $TOKENRY_TOKEN"'

function CommandLine({ label, command }: { label: string; command: string }) {
  return (
    <figure>
      <figcaption className="mb-1 text-muted text-small">{label}</figcaption>
      <div className="flex items-start gap-1 rounded-control bg-sunken py-1 pr-1 pl-3">
        <pre className="min-w-0 flex-1 whitespace-pre-wrap py-0.5 text-mono [overflow-wrap:anywhere]">
          <code>{command}</code>
        </pre>
        <CopyButton text={command} label={`Copy: ${label}`} />
      </div>
    </figure>
  )
}
