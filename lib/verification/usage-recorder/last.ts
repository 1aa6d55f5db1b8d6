import type { UseRow } from '#db/queries/usage-last'
import { printable } from '#lib/verification/printable'
import type { Use } from '#lib/verification/usage-recorder'

const USER_AGENT_AT_MOST = 256

type LastUse = { -readonly [Column in keyof UseRow]: UseRow[Column] }

/** The last use of each token since the last `take`, for at most so many tokens; what comes in is kept by its time. */
export function openLastUses(tokensAtMost: number) {
  let uses = new Map<string, LastUse>()

  return {
    size: () => uses.size,
    /** @returns false where there is no room for a further token */
    add({ tokenId, at, ip, userAgent, opened }: Use): boolean {
      const agent = userAgent !== null && userAgent.length > USER_AGENT_AT_MOST ? printable(userAgent) : userAgent
      const known = uses.get(tokenId)
      if (known === undefined) {
        if (uses.size >= tokensAtMost) return false
        uses.set(tokenId, { tokenId, at, ip, userAgent: agent, opened })
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
    putBack(use: UseRow): boolean {
      const known = uses.get(use.tokenId)
      if (known !== undefined) known.opened ??= use.opened
      else if (uses.size < tokensAtMost) uses.set(use.tokenId, use)
      else return false
      return true
    },
    /** Takes out all of them. */
    take(): readonly UseRow[] {
      const taken = [...uses.values()]
      uses = new Map()
      for (const use of taken) if (use.userAgent !== null) use.userAgent = printable(use.userAgent)
      return taken
    },
  }
}
