import type { UseRow } from '#db/queries/usage-last'
import { printable } from '#lib/verification/printable'
import type { Use } from '#lib/verification/usage-recorder'

const USER_AGENT_AT_MOST = 256

type LastUse = {
  at: number
  ip: string | null
  userAgent: string | null
  opened: Uint8Array | null
}

/** The last use of each token since the last `take`, for at most so many tokens; what comes in is kept by its time. */
export function openLastUses(tokensAtMost: number) {
  const uses = new Map<string, LastUse>()

  return {
    size: () => uses.size,
    /** @returns false where there is no room for a further token */
    add({ tokenId, at, ip, userAgent, opened }: Use): boolean {
      const agent = userAgent !== null && userAgent.length > USER_AGENT_AT_MOST ? printable(userAgent) : userAgent
      const known = uses.get(tokenId)
      if (known === undefined) {
        if (uses.size >= tokensAtMost) return false
        uses.set(tokenId, { at, ip, userAgent: agent, opened })
        return true
      }
      if (opened !== null && (known.opened === null || at >= known.at)) known.opened = opened
      if (at < known.at) return true
      known.at = at
      known.ip = ip
      known.userAgent = agent
      return true
    },
    /** Puts back what was taken out, unless a later use came meanwhile. */
    putBack({ tokenId, at, ip, userAgent, opened }: UseRow): boolean {
      const known = uses.get(tokenId)
      if (known !== undefined) known.opened ??= opened
      else if (uses.size < tokensAtMost) uses.set(tokenId, { at: at.getTime(), ip, userAgent, opened })
      return known !== undefined || uses.has(tokenId)
    },
    /** Takes out up to so many. */
    take(count: number): UseRow[] {
      const taken: UseRow[] = []
      for (const [tokenId, { at, ip, userAgent, opened }] of uses) {
        taken.push({ tokenId, at: new Date(at), ip, userAgent: userAgent && printable(userAgent), opened })
        uses.delete(tokenId)
        if (taken.length === count) break
      }
      return taken
    },
  }
}
