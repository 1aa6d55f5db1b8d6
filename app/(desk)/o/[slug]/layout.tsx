import { DeskFrame } from '../../desk-frame'
import { openDesk } from './desk'

export const dynamic = 'force-dynamic'

/** The desk of one organization. */
export default async function DeskLayout({ params, children }: LayoutProps<'/o/[slug]'>) {
  const { slug } = await params
  const { ctx, organization, options } = await openDesk(slug)
  return (
    <DeskFrame ctx={ctx} at={{ organization, options }}>
      {children}
    </DeskFrame>
  )
}
