import type { Metadata } from 'next'
import { TokensScreen } from '#components/tokens/tokens-screen'
import { listTokenNotices, listTokens } from '#lib/tokens/list'
import { loadTokenSearch } from '#lib/tokens/search'
import { confirmIdentity } from '../../../actions'
import { openDesk, openOptions } from '../desk'
import * as actions from './actions'

export const metadata: Metadata = { title: 'Tokens' }

/** An organization's tokens. */
export default async function TokensPage({ params, searchParams }: PageProps<'/o/[slug]/tokens'>) {
  const { slug } = await params
  const { ctx, home } = await openDesk(slug)
  const search = await loadTokenSearch(searchParams)
  const [options, page, notices] = await Promise.all([
    openOptions(slug),
    listTokens(ctx, home, search),
    listTokenNotices(ctx, home),
  ])
  return (
    <TokensScreen
      path={`/o/${slug}/tokens`}
      page={page}
      search={search}
      notices={notices}
      options={options}
      actions={{ ...actions, confirmIdentity }}
      changesUrl={`/o/${slug}/tokens/changes`}
    />
  )
}
