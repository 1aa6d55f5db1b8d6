import { DeskFrame } from '../../desk-frame'
import { openDesk, openOptions } from './desk'

export const dynamic = 'force-dynamic'

/** The desk of one organization. */
export default async function DeskLayout({ params, children }: LayoutProps<'/o/[slug]'>) {
  const { slug } = await params
  const { ctx, organization } = await openDesk(slug)
  return (
    <DeskFrame ctx={ctx} at={{ organization, options: await openOptions(slug) }}>
      {children}
    </DeskFrame>
  )
}
