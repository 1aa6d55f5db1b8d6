'use client'

import { ChevronRight, Eye, Pencil, RefreshCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { PageHeader } from '#components/shell/page-header'
import { AuditTrail } from '#components/tokens/audit-trail'
import { OverPolicyNote } from '#components/tokens/over-policy-note'
import { RotationNote } from '#components/tokens/rotation-note'
import { OverdueNotice } from '#components/tokens/secret-age'
import { StatusBadge } from '#components/tokens/status-badge'
import { TokenAnswer } from '#components/tokens/token-answer'
import { TokenDialogs, useTokenCommands } from '#components/tokens/token-dialogs'
import { TokenFacts } from '#components/tokens/token-facts'
import { TokenMenu } from '#components/tokens/token-menu'
import { TokenStrip } from '#components/tokens/token-strip'
import { UseIt } from '#components/tokens/use-it'
import { useLiveRefresh } from '#components/tokens/use-live-refresh'
import { Button } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { TextLink } from '#components/ui/text-link'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenDetail, TokenFormOptions } from '#lib/tokens/view'

/** The page of one token: what it is, how to use it, what happened to it. `welcome`: straight from the set-up. */
export function TokenScreen({
  listed,
  token,
  options,
  actions,
  origin,
  changesUrl,
  welcome = false,
  children,
}: {
  /** The list that it stands in. */
  listed: { readonly href: string; readonly label: string }
  token: TokenDetail
  options: TokenFormOptions
  actions: TokenActions
  /** Where the API is reached, without a slash at the end; empty: where this page is. */
  origin: string
  changesUrl: string
  welcome?: boolean
  /** Further panels. */
  children?: ReactNode
}) {
  useLiveRefresh(changesUrl)
  const router = useRouter()
  return (
    <TokenDialogs tokens={[token]} options={options} actions={actions} afterDelete={() => router.replace(listed.href)}>
      <Breadcrumb listed={listed} name={token.name} />
      <PageHeader
        title={<bdi className="[overflow-wrap:anywhere]">{token.name}</bdi>}
        badge={
          <>
            <StatusBadge token={token} />
            <RotationNote token={token} />
            <OverPolicyNote token={token} />
          </>
        }
        answer={<TokenAnswer token={token} />}
        actions={<TokenButtons token={token} />}
      />
      {welcome && token.tail === null && (
        <Notice tone="plain" className="mb-5">
          Tokenry is set up. Your services ask it about tokens with this one: reveal it and put it where they read it.
        </Notice>
      )}
      <OverdueNotice token={token} className="mb-5" />
      <TokenStrip token={token} large />
      <div className="mt-5 grid items-start gap-3.5 xl:grid-cols-[minmax(0,1fr)_360px]">
        <div className="grid min-w-0 gap-6">
          {token.status === 'active' && <UseIt token={token} origin={origin} />}
          {children}
          {token.audit.length > 0 && <AuditTrail entries={token.audit} />}
        </div>
        <div className="max-xl:-order-1">
          <TokenFacts token={token} />
        </div>
      </div>
    </TokenDialogs>
  )
}

function Breadcrumb({ listed, name }: { listed: { href: string; label: string }; name: string }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-2.5 sm:-mt-1.5">
      <ol className="flex min-w-0 items-center gap-2 text-small">
        <li>
          <TextLink href={listed.href}>{listed.label}</TextLink>
        </li>
        <ChevronRight aria-hidden className="icon-small text-muted" />
        <li aria-current="page" className="min-w-0 truncate text-soft">
          <bdi>{name}</bdi>
        </li>
      </ol>
    </nav>
  )
}

/** What one most likely came to do as buttons, on a phone the first thing alone, and everything in the menu. */
function TokenButtons({ token }: { token: TokenDetail }) {
  return (
    <>
      <ActionButton token={token} name="reveal" variant="primary">
        <Eye aria-hidden />
        Reveal
      </ActionButton>
      {!token.actions.includes('reveal') && (
        <ActionButton token={token} name="rotate" variant="secondary">
          <RefreshCw aria-hidden />
          Rotate
        </ActionButton>
      )}
      <ActionButton token={token} name="edit" variant="secondary">
        <Pencil aria-hidden />
        Edit
      </ActionButton>
      <TokenMenu token={token} edged />
    </>
  )
}

function ActionButton({
  token,
  name,
  variant,
  children,
}: {
  token: TokenDetail
  name: 'reveal' | 'rotate' | 'edit'
  variant: 'primary' | 'secondary'
  children: ReactNode
}) {
  const { ask } = useTokenCommands()
  if (!token.actions.includes(name)) return null
  return (
    <Button
      variant={variant}
      className={variant === 'secondary' ? 'max-sm:hidden' : undefined}
      onClick={(event) => ask(name, token, event.currentTarget)}
    >
      {children}
    </Button>
  )
}
