/** What a menu or a list that opens over the page is drawn on. */
export const menuSurface =
  'z-50 rounded-panel border bg-raised p-1 text-text shadow-menu dark:border-transparent animate-appear forced-colors:border-line'
