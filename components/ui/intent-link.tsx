'use client'

import Link from 'next/link'
import { type ComponentProps, useState } from 'react'

/** A link of which many stand on a page: what it leads to is fetched once somebody points at it or comes to it by keyboard. */
export function IntentLink(props: Omit<ComponentProps<typeof Link>, 'prefetch' | 'onPointerEnter' | 'onFocus'>) {
  const [isMeant, setIsMeant] = useState(false)
  const mean = () => setIsMeant(true)
  return <Link {...props} prefetch={isMeant ? null : false} onPointerEnter={mean} onFocus={mean} />
}
