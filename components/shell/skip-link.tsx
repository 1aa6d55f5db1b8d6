/** The first stop of the keyboard: past the frame to the page. */
export function SkipLink() {
  return (
    <a
      href="#content"
      className="fixed top-2 left-2 z-30 -translate-y-16 rounded-control bg-raised px-3.5 py-2 text-accent-text text-control shadow-menu focus:translate-y-0"
    >
      Skip to content
    </a>
  )
}
