/** How far something has come: a 6 px meter and "12 of 40", with a unit if any. `label` says what is under way. */
export function Progress({ label, done, of, unit }: { label: string; done: number; of: number; unit?: string }) {
  const words = `${done} of ${of}${unit === undefined ? '' : ` ${unit}`}`
  return (
    <div className="flex items-center gap-3">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={done}
        aria-valuetext={words}
        className="h-1.5 flex-1 overflow-hidden rounded-full bg-chart-rest forced-colors:border"
      >
        <div className="h-full bg-accent" style={{ width: `${(100 * done) / Math.max(of, 1)}%` }} />
      </div>
      <span className="font-semibold">{words}</span>
    </div>
  )
}
