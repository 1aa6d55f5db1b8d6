import type { ReactNode } from 'react'

type Bar = { readonly count: number; readonly title: string }

/**
 * A lane of bars from 0 up to a round number, with its scale written and at most 4 lines. Drawn by the server; what it
 * tells stands in words beside it and in the table behind it.
 */
export function Bars({
  bars,
  lines,
  height,
  fill,
}: {
  bars: readonly Bar[]
  lines: number
  height: string
  fill: string
}) {
  const top = roundUp(Math.max(1, ...bars.map(({ count }) => count)), lines)
  const marks = Array.from({ length: lines + 1 }, (_, line) => (top / lines) * (lines - line))
  return (
    <div className={`flex gap-2 ${height}`}>
      <Scale>
        {marks.map((mark) => (
          <span key={mark} className="block h-0 leading-[0]">
            {short(mark)}
          </span>
        ))}
      </Scale>
      <div className="relative min-w-0 flex-1">
        <div className="absolute inset-0 flex flex-col justify-between">
          {marks.map((mark) => (
            <span key={mark} className={mark === 0 ? 'border-b' : 'border-line border-b border-dotted'} />
          ))}
        </div>
        <svg
          viewBox={`0 0 ${bars.length * 10} 100`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full forced-color-adjust-none print:[print-color-adjust:exact]"
        >
          {bars.map(({ count, title }, index) => (
            <rect key={title} x={index * 10 + 1} width={8} {...heightOf(count, top)} className={fill}>
              <title>{title}</title>
            </rect>
          ))}
        </svg>
      </div>
    </div>
  )
}

const Scale = ({ children }: { children: ReactNode }) => (
  <div className="flex w-10 shrink-0 flex-col justify-between text-right text-[11.5px] text-muted">{children}</div>
)

// What there is at all is seen.
function heightOf(count: number, top: number) {
  const height = count === 0 ? 0 : Math.max(1, (count / top) * 100)
  return { y: 100 - height, height }
}

/** The next number that so many equal steps of round numbers lead to. */
function roundUp(most: number, steps: number): number {
  const step = Math.max(1, most / steps)
  const power = 10 ** Math.floor(Math.log10(step))
  const round = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
    .map((factor) => factor * power)
    .find((each) => each >= step && Number.isInteger(each))
  return (round ?? 10 * power) * steps
}

const short = (count: number) =>
  count.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 }).replace('K', 'k')
