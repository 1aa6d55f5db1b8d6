import type { Metadata } from 'next'
import { cache } from 'react'
import { TokenScreen } from '#components/tokens/token-screen'
import { TokenUsagePanels } from '#components/tokens/token-usage'
import { env } from '#lib/env'
import { getToken } from '#lib/tokens/get'
import { getTokenUsage } from '#lib/usage/of-token'
import { confirmIdentity } from '../../../../actions'
import { orNotFound } from '../../../../or-not-found'
import { openDesk, openOptions } from '../../desk'
import * as actions from '../actions'

const openToken = cache(async (slug: string, id: string) => {
  const { ctx, organization } = await openDesk(slug)
  return orNotFound(getToken(ctx, organization.id, id))
})

export async function generateMetadata({ params }: PageProps<'/o/[slug]/tokens/[id]'>): Promise<Metadata> {
  const { slug, id } = await params
  return { title: (await openToken(slug, id)).name }
}

/** One token: facts, how to use it, its trail. */
export default async function TokenPage({ params, searchParams }: PageProps<'/o/[slug]/tokens/[id]'>) {
  const { slug, id } = await params
  const token = await openToken(slug, id)
  const { ctx } = await openDesk(slug)
  const [options, usage] = await Promise.all([openOptions(slug), orNotFound(getTokenUsage(ctx, id))])
  return (
    <TokenScreen
      listed={{ href: `/o/${slug}/tokens`, label: 'Tokens' }}
      token={token}
      options={options}
      actions={{ ...actions, confirmIdentity }}
      origin={env().appUrl ?? ''}
      changesUrl={`/o/${slug}/tokens/changes`}
      welcome={'welcome' in (await searchParams)}
    >
      <TokenUsagePanels usage={usage} />
    </TokenScreen>
  )
}
