import { requireActor } from '#lib/actor'
import { DeskFrame } from '../desk-frame'
import { openLastDesk } from './account'

export const dynamic = 'force-dynamic'

/** One's own account, within the desk last used. */
export default async function AccountLayout({ children }: LayoutProps<'/account'>) {
  return (
    <DeskFrame ctx={await requireActor()} at={await openLastDesk()}>
      {children}
    </DeskFrame>
  )
}
