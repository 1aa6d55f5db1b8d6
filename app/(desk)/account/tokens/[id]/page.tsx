import type { Metadata } from 'next'
import { cache } from 'react'
import { ReachPanel } from '#components/tokens/reach-panel'
import { TokenScreen } from '#components/tokens/token-screen'
import { TokenUsagePanels } from '#components/tokens/token-usage'
import { env } from '#lib/env'
import { getToken } from '#lib/tokens/get'
import { listReach } from '#lib/tokens/reach'
import { getTokenUsage } from '#lib/usage/of-token'
import { confirmIdentity } from '../../../actions'
import * as actions from '../../../o/[slug]/tokens/actions'
import { orNotFound } from '../../../or-not-found'
import { openAccount } from '../../account'

const openToken = cache(async (id: string) => {
  const { ctx } = await openAccount()
  return orNotFound(getToken(ctx, null, id))
})

export async function generateMetadata({ params }: PageProps<'/account/tokens/[id]'>): Promise<Metadata> {
  return { title: (await openToken((await params).id)).name }
}

/** One of one's personal tokens: facts, where it works, how to use it, its trail. */
export default async function PersonalTokenPage({ params }: PageProps<'/account/tokens/[id]'>) {
  const { id } = await params
  const token = await openToken(id)
  const { ctx, options } = await openAccount()
  const usage = await orNotFound(getTokenUsage(ctx, id))
  return (
    <TokenScreen
      listed={{ href: '/account?tab=api-token', label: 'API token' }}
      token={token}
      options={options}
      actions={{ ...actions, confirmIdentity }}
      origin={env().appUrl ?? ''}
      changesUrl="/account/changes"
    >
      <TokenUsagePanels usage={usage} />
      <ReachPanel of="one" reach={await listReach(ctx, token.scopes)} />
    </TokenScreen>
  )
}
