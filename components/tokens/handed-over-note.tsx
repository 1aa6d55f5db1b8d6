import type { TokenView } from '#lib/tokens/view'

/** Under the name, while a secret waits that somebody above had made and never sees: who, and that nobody opened it. */
export function HandedOverNote({
  token: { handedOverBy, status, tail, rotation },
}: {
  token: Pick<TokenView, 'handedOverBy' | 'status' | 'tail' | 'rotation'>
}) {
  if (handedOverBy === null || status !== 'active' || (tail !== null && rotation === null)) return null
  return (
    <span className="block text-muted text-small">
      Handed over by <bdi>{handedOverBy}</bdi>, {rotation === null ? 'not revealed yet' : 'new secret not revealed yet'}
    </span>
  )
}
