/** Preset lengths of life, in days. */
export const PRESET_DAYS = [30, 60, 90, 365] as const

/** How long the old secret works on after the reveal of the new one, in seconds: not at all, an hour, a day, a week. */
export const ROTATION_OVERLAPS = [0, 3_600, 86_400, 604_800] as const
