import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { PolicyForm } from '#components/policies/policy-form'
import { OrganizationForm } from '#components/settings/organization-form'
import { ScopeList } from '#components/settings/scope-list'
import {
  ContactAnswer,
  PoliciesAnswer,
  ScopesAnswer,
  TiersAnswer,
  VerifiersAnswer,
} from '#components/settings/settings-answer'
import { SettingsTabs } from '#components/settings/settings-tabs'
import { TierList } from '#components/settings/tier-list'
import { VerifierList } from '#components/settings/verifier-list'
import { PageHeader } from '#components/shell/page-header'
import { can } from '#lib/authorization'
import { env } from '#lib/env'
import { ownOrganization } from '#lib/organizations/own'
import { ceilingTable, policyTable } from '#lib/policies/table'
import { listScopes } from '#lib/scopes/list'
import { loadSettingsSearch, type SettingsTab } from '#lib/settings/search'
import { listTiersInUse } from '#lib/tiers/list'
import { listVerifiers } from '#lib/verifiers/list'
import { openDesk } from '../desk'
import * as actions from './actions'

export const metadata: Metadata = { title: 'Settings' }

/** Whose settings these are, for admins of it and above; to everybody else there is no such page. */
async function openSettings(slug: string) {
  const { ctx, organization } = await openDesk(slug)
  if (!can(ctx.actor, 'organization.edit', organization)) notFound()
  return { ctx: { ...ctx, maySeal: env().sealKeys.length > 0 }, organization }
}

type Settings = Awaited<ReturnType<typeof openSettings>>

/** Name and contact of an organization, its policies and, of the platform, tiers, scopes and verifiers. */
export default async function SettingsPage({ params, searchParams }: PageProps<'/o/[slug]/settings'>) {
  const { slug } = await params
  const settings = await openSettings(slug)
  const { ctx, organization } = settings
  const { tab: asked } = await loadSettingsSearch(searchParams)
  const tabs: SettingsTab[] = [
    'organization',
    'policies',
    ...(can(ctx.actor, 'tiers.manage', organization) ? (['tiers'] as const) : []),
    ...(can(ctx.actor, 'scopes.manage', organization) ? (['scopes'] as const) : []),
    ...(can(ctx.actor, 'verifiers.see', organization) ? (['verifiers'] as const) : []),
  ]
  const tab = tabs.includes(asked) ? asked : 'organization'
  const panels: Record<SettingsTab, () => Promise<Tab>> = {
    organization: () => showOrganization(settings),
    policies: () => showPolicies(settings),
    tiers: () => showTiers(settings),
    scopes: () => showScopes(settings),
    verifiers: () => showVerifiers(settings),
  }
  const { answer, panel } = await panels[tab]()
  return (
    <>
      <PageHeader title="Settings" answer={answer} />
      <SettingsTabs path={`/o/${slug}/settings`} tabs={tabs} tab={tab}>
        {panel}
      </SettingsTabs>
    </>
  )
}

type Tab = { readonly answer: ReactNode; readonly panel: ReactNode }

async function showOrganization({ ctx, organization }: Settings): Promise<Tab> {
  const own = await ownOrganization(ctx, organization.id)
  return {
    answer: <ContactAnswer {...own} />,
    panel: <OrganizationForm key={own.id} organization={own} editOrganization={actions.editOwnOrganization} />,
  }
}

async function showPolicies({ ctx, organization }: Settings): Promise<Tab> {
  const table = await policyTable(ctx, organization.id)
  const answer = <PoliciesAnswer table={table} />
  const own = { preview: actions.previewPolicies, save: actions.setPolicies }
  if (!can(ctx.actor, 'ceilings.manage', organization))
    return {
      answer,
      panel: <PolicyForm key={organization.id} table={table} actions={own} verb="Save policies" />,
    }
  const ceilings = { preview: actions.previewCeilings, save: actions.setCeilings }
  const panel = (
    <div className="grid gap-10">
      <section aria-labelledby="ceilings">
        <h2 id="ceilings" className="text-section">
          Ceilings
        </h2>
        <p className="mb-3 text-soft">The loosest that the policies of any organization may become.</p>
        <PolicyForm table={await ceilingTable(ctx, organization.id)} actions={ceilings} verb="Save ceilings" />
      </section>
      <section aria-labelledby="own-policies">
        <h2 id="own-policies" className="text-section">
          Policies of <bdi>{organization.name}</bdi>
        </h2>
        <p className="mb-3 text-soft">For its own tokens alone. They bind no organization below it.</p>
        <PolicyForm table={table} actions={own} verb="Save policies" />
      </section>
    </div>
  )
  return { answer, panel }
}

async function showTiers({ ctx }: Settings): Promise<Tab> {
  const tiers = await listTiersInUse(ctx)
  const { createTier, previewTier, editTier, deleteTier } = actions
  return {
    answer: <TiersAnswer tiers={tiers} />,
    panel: <TierList tiers={tiers} actions={{ createTier, previewTier, editTier, deleteTier }} />,
  }
}

async function showScopes({ ctx }: Settings): Promise<Tab> {
  const [scopes, tiers] = await Promise.all([listScopes(ctx), listTiersInUse(ctx)])
  const { defineScope, editScope, previewScope, previewScopeRemoval, removeScope } = actions
  return {
    answer: <ScopesAnswer scopes={scopes} />,
    panel: (
      <ScopeList
        scopes={scopes}
        tiers={tiers}
        actions={{ defineScope, editScope, previewScope, previewScopeRemoval, removeScope }}
      />
    ),
  }
}

async function showVerifiers({ ctx, organization }: Settings): Promise<Tab> {
  const verifiers = await listVerifiers(ctx)
  return {
    answer: <VerifiersAnswer verifiers={verifiers} />,
    panel: <VerifierList verifiers={verifiers} changesUrl={`/o/${organization.slug}/settings/changes`} />,
  }
}
