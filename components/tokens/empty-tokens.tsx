import type { ReactNode } from 'react'
import { EmptyState, Steps } from '#components/ui/empty-state'

const STEPS = [
  { title: 'Name it', text: 'After the service that will use it.' },
  { title: 'Copy it', text: 'The secret is shown once. The id stays here.' },
  {
    title: 'Try it',
    text: (
      <>
        <code className="font-mono text-small">GET /api/v1/me</code> says what it may do.
      </>
    ),
  },
] as const

/** Where the list would be, before there is a token. */
export function EmptyTokens({ organizationName, action }: { organizationName: string | null; action: ReactNode }) {
  return (
    <EmptyState
      picture={<BlankTicket />}
      heading="No tokens yet"
      text={
        <>
          A token lets one service act for {organizationName === null ? 'you' : <bdi>{organizationName}</bdi>}. Make it,
          reveal its secret once, and paste it where it is needed.
        </>
      }
      action={action}
    >
      <Steps steps={STEPS} />
    </EmptyState>
  )
}

/** A ticket that is still to be written: a dashed stub and the slip beside it. */
function BlankTicket() {
  return (
    <svg viewBox="0 0 324 70" aria-hidden="true" className="h-[70px] w-[324px] max-w-full">
      <path
        d="M9 1.5h208v67H9a7.5 7.5 0 0 1-7.5-7.5V42.5a7.5 7.5 0 0 0 0-15V9A7.5 7.5 0 0 1 9 1.5Z"
        className="fill-canvas stroke-line-strong"
        strokeWidth="1.5"
        strokeDasharray="5 4"
      />
      <text x="28" y="41" className="fill-muted font-mono text-[17.5px]">
        tok_org_
      </text>
      <rect x="119" y="29" width="82" height="12" rx="3" className="fill-line" />
      <path
        d="M224.5 1.5H315a7.5 7.5 0 0 1 7.5 7.5v18.5a7.5 7.5 0 0 0 0 15V61a7.5 7.5 0 0 1-7.5 7.5h-90.5Z"
        className="fill-accent-soft stroke-accent-text"
        strokeWidth="1.5"
        strokeDasharray="5 4"
      />
      {[0, 1, 2, 3, 4, 5].map((index) => (
        <circle key={index} cx={244 + index * 12} cy="35" r="3.5" className="fill-accent-text" />
      ))}
    </svg>
  )
}
