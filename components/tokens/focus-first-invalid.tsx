/** Puts the focus on the first control that is marked as wrong; in a group, on the one that is chosen or comes first. */
export function focusFirstInvalid(form: HTMLElement | null): void {
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid]')
  const inside = wrong?.querySelector<HTMLElement>('[role="radio"][tabindex="0"], [role="checkbox"]:enabled')
  const target = inside ?? wrong
  target?.focus({ preventScroll: true })
  target?.scrollIntoView({ block: 'center' })
}
