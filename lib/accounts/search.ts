import { createLoader, parseAsStringLiteral } from 'nuqs/server'

/** The tabs of Account settings, in their order. */
export const ACCOUNT_TABS = ['profile', 'api-token', 'security'] as const
export type AccountTab = (typeof ACCOUNT_TABS)[number]

/** Reads which tab a URL shows; the first where it names none. */
export const loadAccountSearch = createLoader({ tab: parseAsStringLiteral(ACCOUNT_TABS).withDefault('profile') })
