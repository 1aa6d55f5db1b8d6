'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent } from 'react'
import { takeOpenRevealPage } from '#components/tokens/reveal-key'

/** On a page that shows no tokens: leads back, once, to the one whose secret was opened in this tab and not kept. */
export function BackToReveal() {
  const router = useRouter()
  const lead = useEffectEvent(() => {
    const page = takeOpenRevealPage()
    if (page !== null) router.push(page)
  })
  useEffect(() => lead(), [])
  return null
}
