import { Ban, CircleCheck, CirclePause, CircleSlash, Hourglass } from 'lucide-react'
import { Badge } from '#components/ui/badge'
import type { TokenView } from '#lib/tokens/view'

const STATUS = {
  active: { tone: 'success', Icon: CircleCheck, word: 'Active' },
  revoked: { tone: 'warn', Icon: Ban, word: 'Revoked' },
  expired: { tone: 'danger', Icon: Hourglass, word: 'Expired' },
} as const

const STOPPED = {
  suspended: { tone: 'neutral', Icon: CirclePause, word: 'Suspended' },
  disabled: { tone: 'neutral', Icon: CircleSlash, word: 'Disabled' },
} as const

/** The status in icon, word and colour; where something else stops an active token, that in grey instead. */
export function StatusBadge({ token: { status, stoppedBy } }: { token: Pick<TokenView, 'status' | 'stoppedBy'> }) {
  const { tone, Icon, word } = status === 'active' && stoppedBy !== null ? STOPPED[stoppedBy] : STATUS[status]
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {word}
    </Badge>
  )
}
