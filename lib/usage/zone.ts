import { isTimeZone } from '#lib/usage/question'

/** The time zone that a browser told, which anyone can write; UTC where it told none that there is. */
export const zoneFrom = (told: string | undefined): string => (told !== undefined && isTimeZone(told) ? told : 'UTC')
