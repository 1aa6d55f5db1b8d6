'use client'

import { CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { Instant } from '#components/time/instant'
import { useLiveRefresh } from '#components/tokens/use-live-refresh'
import type { VerifierRow } from '#lib/verifiers/view'

/** The verifiers of the last 24 hours, kept up to date while the page is looked at; `changesUrl` changes with them. */
export function VerifierList({ verifiers, changesUrl }: { verifiers: readonly VerifierRow[]; changesUrl: string }) {
  useLiveRefresh(changesUrl)
  if (verifiers.length === 0) return <NoVerifier />
  return (
    <table aria-label="Verifiers" className="w-full border-collapse text-left max-sm:block">
      <thead className="max-sm:sr-only">
        <tr className="h-9 border-b">
          {['Name', 'Last sign of life'].map((head) => (
            <Head key={head}>{head}</Head>
          ))}
          {['In memory', 'Hit rate', 'Lag'].map((head) => (
            <Head key={head} numeric>
              {head}
            </Head>
          ))}
          <Head>Running since</Head>
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {verifiers.map((verifier) => (
          <Row key={verifier.id} {...verifier} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ name, silentSince, entries, hitPercent, lagMs, startedAt }: VerifierRow) {
  return (
    <tr className="h-11 border-b last:border-b-0 max-sm:grid max-sm:h-auto max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-1 max-sm:py-3">
      <td className="pr-4 font-mono text-mono [overflow-wrap:anywhere] max-sm:col-span-full">
        <bdi>{name}</bdi>
      </td>
      <td className="pr-4 max-sm:col-span-full">
        {silentSince === null ? (
          <span className="inline-flex items-center gap-1.5 text-success-text">
            <CircleCheck aria-hidden className="icon-small" />
            Answering
          </span>
        ) : (
          <span className="text-muted">
            Silent since <Instant at={silentSince} inSentence />
          </span>
        )}
      </td>
      <Figure label="In memory">{entries.toLocaleString('en-GB')}</Figure>
      <Figure label="Hit rate">{hitPercent === null ? 'None asked' : `${hitPercent} %`}</Figure>
      <Figure label="Lag">{lagMs === null ? 'Not known' : `${lagMs} ms`}</Figure>
      <td className="text-soft">
        <Label>Running since</Label>
        <Instant at={startedAt} />
      </td>
    </tr>
  )
}

const Head = ({ numeric = false, children }: { numeric?: boolean; children: string }) => (
  <th
    scope="col"
    className={`pr-4 font-column text-muted text-small last:pr-0 ${numeric ? 'sm:text-right' : ''}`.trim()}
  >
    {children}
  </th>
)

const Figure = ({ label, children }: { label: string; children: ReactNode }) => (
  <td className="pr-4 text-soft sm:text-right">
    <Label>{label}</Label>
    {children}
  </td>
)

const Label = ({ children }: { children: string }) => (
  <span aria-hidden className="text-muted sm:hidden">
    {children}{' '}
  </span>
)

const NoVerifier = () => (
  <section aria-labelledby="no-verifier" className="max-w-prose">
    <h2 id="no-verifier" className="text-section">
      No verifier was running in the last 24 hours
    </h2>
    <p className="mt-1 text-soft">
      Verifiers tell your services whether a token is good. Start one beside this server:{' '}
      <code className="font-mono text-mono text-text">npm run verifier</code>. It appears here within a second.
    </p>
  </section>
)
