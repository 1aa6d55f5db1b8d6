'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { ConfirmByProviderInput } from '#lib/accounts/schema'
import type { Action } from '#lib/result'

/** How whoever is signed in can prove once more who they are. */
export type ConfirmWays = {
  readonly password: boolean
  /** The provider that the account is linked to; null where it is to none. */
  readonly provider: {
    readonly name: string
    readonly confirm: Action<ConfirmByProviderInput, { redirectTo: string }>
  } | null
}

const Ways = createContext<ConfirmWays>({ password: true, provider: null })

/** Tells every dialog beneath. */
export const ConfirmWaysProvider = ({ ways, children }: { ways: ConfirmWays; children: ReactNode }) => (
  <Ways value={ways}>{children}</Ways>
)

export const useConfirmWays = (): ConfirmWays => useContext(Ways)
