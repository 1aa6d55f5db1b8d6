import { type Decision, type Outlook, restore } from '#lib/backup/restore'

export const RESTORED_AT = new Date('2026-11-23T09:00:00.000Z')

/** Restores as a person does who wants it, and gives what they were shown before. */
export async function restoreAs(
  url: string,
  path: string,
  options: { readonly replace?: boolean; readonly compareUrl?: string; readonly decision?: Decision } = {},
) {
  const shown: Outlook[] = []
  const { replace = false, decision = 'restore', ...rest } = options
  const decide = async (outlook: Outlook) => {
    shown.push(outlook)
    return decision
  }
  const restored = await restore(url, { path, now: RESTORED_AT, replace, decide, ...rest })
  return { restored, shown: shown[0] }
}
