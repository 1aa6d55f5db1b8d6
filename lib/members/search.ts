import { createLoader, parseAsStringLiteral } from 'nuqs/server'

/** The tabs of Members, in their order. */
export const PEOPLE_TABS = ['members', 'api-users'] as const
export type PeopleTab = (typeof PEOPLE_TABS)[number]

/** Reads which tab a URL shows; the first where it names none. */
export const loadPeopleSearch = createLoader({ tab: parseAsStringLiteral(PEOPLE_TABS).withDefault('members') })
