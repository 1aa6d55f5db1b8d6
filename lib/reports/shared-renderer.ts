import type { Renderer } from '#lib/reports/renderer'

/** What programs ask of it. */
type Shared = Pick<Renderer, 'openFor'>

// The framework loads modules of its own: what the server opened is found here by both, so that their places are the same.
const holder = globalThis as typeof globalThis & { tokenryRenderer?: Shared }

/** Makes the server's renderer known to the whole process. */
export function shareRenderer(renderer: Shared): void {
  holder.tokenryRenderer = renderer
}

/** The one renderer of the process. */
export function sharedRenderer(): Shared {
  if (holder.tokenryRenderer === undefined) throw new Error('the server opens the renderer before the desk starts')
  return holder.tokenryRenderer
}
