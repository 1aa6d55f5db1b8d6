import type { Metadata } from 'next'
import Link from 'next/link'
import { PlainPage } from '#components/shell/plain-page'
import { Button } from '#components/ui/button'

export const metadata: Metadata = { title: 'Nothing here' }

export default function NotFound() {
  return (
    <PlainPage
      heading="Nothing here"
      text="This page does not exist, or you cannot see it. Check the address, or ask whoever sent it whether you are a member."
      action={
        <Button asChild variant="primary">
          <Link href="/">Go to Tokens</Link>
        </Button>
      }
    />
  )
}
