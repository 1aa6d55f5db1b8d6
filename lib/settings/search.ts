import { createLoader, parseAsStringLiteral } from 'nuqs/server'

/** The tabs of Settings, in their order; the last three are the platform's. */
export const SETTINGS_TABS = ['organization', 'policies', 'tiers', 'scopes', 'verifiers'] as const
export type SettingsTab = (typeof SETTINGS_TABS)[number]

/** Reads which tab a URL shows; the first where it names none. */
export const loadSettingsSearch = createLoader({ tab: parseAsStringLiteral(SETTINGS_TABS).withDefault('organization') })
