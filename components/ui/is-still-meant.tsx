/**
 * Whether whoever pressed a button has stayed there while what it opens was fetched: else it must not take the focus. Some
 * browsers give it to no button that is pressed by a pointer, so nowhere is there too.
 */
export const isStillMeant = (button: Element | null): boolean =>
  document.activeElement === null || document.activeElement === document.body || document.activeElement === button
