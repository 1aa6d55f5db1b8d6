import type { Renderer } from '#lib/reports/renderer'
import type { UsageRecorder } from '#lib/verification/usage-recorder'

/** What there is once in a process; of each what programs ask of it. */
type Shared = {
  readonly recorder: Pick<UsageRecorder, 'record'>
  readonly renderer: Pick<Renderer, 'openFor'>
}

// The framework loads modules of its own: what the server opened is found here by both, so that there is no second.
const holder = globalThis as typeof globalThis & { tokenryShared?: Partial<Shared> }

/** Makes what the server opened known to the whole process; whoever opened it closes it. */
export function share<Name extends keyof Shared>(name: Name, it: Shared[Name]): void {
  holder.tokenryShared = { ...holder.tokenryShared, [name]: it }
}

/** The one there is. */
export function shared<Name extends keyof Shared>(name: Name): NonNullable<Partial<Shared>[Name]> {
  const it = holder.tokenryShared?.[name]
  if (it === undefined || it === null) throw new Error(`the server opens the ${name} before the desk starts`)
  return it
}
