import type { Renderer } from '#lib/reports/renderer'

// The framework loads modules of its own: what the server opened is found here by both, so that their places are the same.
const holder = globalThis as typeof globalThis & { tokenryRenderer?: Renderer }

/** Makes the server's renderer known to the whole process. */
export function shareRenderer(renderer: Renderer): void {
  holder.tokenryRenderer = renderer
}

/** The one renderer of the process. */
export function sharedRenderer(): Renderer {
  if (holder.tokenryRenderer === undefined) throw new Error('the server opens the renderer before the desk starts')
  return holder.tokenryRenderer
}
