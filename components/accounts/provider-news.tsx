'use client'

import { useSearchParams } from 'next/navigation'
import { useEffect, useEffectEvent } from 'react'
import { toastDone, toastError } from '#components/ui/toast'
import { NEWS_PARAMETER, newsOfDesk } from '#lib/accounts/provider/view'

/**
 * Says how a journey to the provider ended that began on a page of the desk, and takes it out of the address. `ended`:
 * how one ended a moment ago; what the address says beside that was made up, and is not told.
 */
export function ProviderNews({ provider, ended }: { provider: string; ended: string | null }) {
  const code = useSearchParams().get(NEWS_PARAMETER)
  const tell = useEffectEvent((told: string) => {
    const news = newsOfDesk(told, ended, provider)
    if (news !== null) (news.good ? toastDone : toastError)(news.text, { id: 'provider-news' })
    const url = new URL(window.location.href)
    url.searchParams.delete(NEWS_PARAMETER)
    window.history.replaceState(null, '', url)
  })
  useEffect(() => {
    if (code !== null) tell(code)
  }, [code])
  return null
}
