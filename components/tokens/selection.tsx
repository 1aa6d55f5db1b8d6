'use client'

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { TokenOutcome, TokenView } from '#lib/tokens/view'

/** A ticked token and the page of the list that it was ticked on; `refusal` says why the last that was done to several was not done to it. */
type Ticked = { readonly token: TokenView; readonly place: string; readonly refusal: string | null }

type Selection = {
  readonly ticked: ReadonlyMap<string, Ticked>
  /** Those on the page. */
  readonly page: readonly TokenView[]
  readonly tick: (tokens: readonly TokenView[], on: boolean) => void
  readonly clear: () => void
  /** Takes the tick from what was done, and notes at the others why they were not. */
  readonly settle: (outcomes: readonly TokenOutcome[]) => void
}

const SelectionContext = createContext<Selection | null>(null)

/**
 * Holds which tokens are ticked, also while other pages of the list are shown. `place` names the page with the `tokens`:
 * one that vanishes from the page it was ticked on loses its tick, since nobody could take it away.
 */
export function SelectionProvider({
  tokens,
  place,
  children,
}: {
  tokens: readonly TokenView[]
  place: string
  children: ReactNode
}) {
  const [ticked, setTicked] = useState<ReadonlyMap<string, Ticked>>(new Map())
  const [shown, setShown] = useState(tokens)
  if (shown !== tokens) {
    setShown(tokens)
    setTicked(withoutVanished(ticked, tokens, place))
  }
  const selection = useMemo<Selection>(
    () => ({
      ticked,
      page: tokens,
      tick: (some, on) =>
        setTicked((before) => {
          const after = new Map(before)
          for (const token of some) {
            if (!on) after.delete(token.id)
            else if (!after.has(token.id)) after.set(token.id, { token, place, refusal: null })
          }
          return after
        }),
      clear: () => setTicked(new Map()),
      settle: (outcomes) =>
        setTicked((before) => {
          const after = new Map(before)
          for (const { tokenId, refusal } of outcomes) {
            const known = after.get(tokenId)
            if (refusal === null) after.delete(tokenId)
            else if (known !== undefined) after.set(tokenId, { ...known, refusal: refusal.message })
          }
          return after
        }),
    }),
    [ticked, tokens, place],
  )
  return <SelectionContext value={selection}>{children}</SelectionContext>
}

/** The ticks without those set on this page whose tokens it does not show any more. */
export function withoutVanished(
  ticked: ReadonlyMap<string, Ticked>,
  tokens: readonly Pick<TokenView, 'id'>[],
  place: string,
): ReadonlyMap<string, Ticked> {
  const here = new Set(tokens.map(({ id }) => id))
  const left = [...ticked].filter(([id, tick]) => tick.place !== place || here.has(id))
  return left.length === ticked.size ? ticked : new Map(left)
}

/** What is ticked in the list around. */
export function useSelection(): Selection {
  const selection = useContext(SelectionContext)
  if (selection === null) throw new Error('useSelection stands outside SelectionProvider')
  return selection
}

/** The ticked tokens as the page has them now, or as they were when they were last on it. */
export const tickedTokens = ({ ticked, page }: Selection): TokenView[] =>
  [...ticked.values()].map(({ token }) => page.find(({ id }) => id === token.id) ?? token)
