import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { ConfirmWaysProvider } from '#components/accounts/confirm-ways'
import { ProviderNews } from '#components/accounts/provider-news'
import { ROLE_WORDS } from '#components/organizations/role-words'
import { DeskShell } from '#components/shell/desk-shell'
import { NowProvider } from '#components/time/now'
import { waysIn } from '#lib/accounts/provider/own-login'
import { NEWS_COOKIE } from '#lib/accounts/provider/view'
import type { SignedIn } from '#lib/actor'
import { standing } from '#lib/authorization'
import { env } from '#lib/env'
import { loadOrganizations, type Organization } from '#lib/organizations/load'
import { choiceOf } from '#lib/organizations/present'
import type { TokenFormOptions } from '#lib/tokens/view'
import { confirmByProvider, signOut } from './actions'
import { pagesOf } from './pages'

/** The desk's frame for whoever is signed in, at an organization or, where they are a member of none, at none. */
export async function DeskFrame({
  ctx,
  at,
  children,
}: {
  ctx: SignedIn
  at: { readonly organization: Organization; readonly options: Pick<TokenFormOptions, 'used' | 'limit'> } | null
  children: ReactNode
}) {
  const own = await loadOrganizations(
    ctx.db,
    ctx.organizations.map(({ id }) => id),
  )
  const listed = at === null || own.some(({ id }) => id === at.organization.id) ? own : [...own, at.organization]
  const { oidc } = env()
  const { password, loginSince } = await waysIn(ctx, oidc)
  const provider = oidc && loginSince !== null ? { name: oidc.name, confirm: confirmByProvider } : null
  return (
    <NowProvider now={ctx.clock()}>
      <DeskShell
        organization={at && choiceOf(at.organization)}
        organizations={listed.map(choiceOf)}
        more={ctx.organizations.some(({ kind, role }) => kind !== 'customer' && role === 'admin')}
        nav={at === null ? [] : pagesOf(ctx, at.organization)}
        usage={at && { used: at.options.used, limit: at.options.limit }}
        person={{ email: ctx.actor.email, role: at === null ? '' : roleIn(at.organization, ctx) }}
        signOut={signOut}
      >
        {oidc && <ProviderNews provider={oidc.name} ended={(await cookies()).get(NEWS_COOKIE)?.value ?? null} />}
        <ConfirmWaysProvider ways={{ password, provider }}>{children}</ConfirmWaysProvider>
      </DeskShell>
    </NowProvider>
  )
}

function roleIn(organization: Organization, { actor }: SignedIn): string {
  const { role } = standing(actor, organization)
  return role === null ? `Admin above ${organization.name}` : `${ROLE_WORDS[role]} of ${organization.name}`
}
