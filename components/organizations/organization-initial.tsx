import { cn } from '#components/ui/cn'

const graphemes = new Intl.Segmenter()

/** An organization's first letter on a square; decoration, its name stands beside it. `current` draws it in ink. */
export function OrganizationInitial({
  name,
  current = false,
  className,
}: {
  name: string
  current?: boolean
  className?: string
}) {
  const [first] = graphemes.segment(name.trim())
  return (
    <span
      aria-hidden
      className={cn(
        'grid size-7.5 shrink-0 place-items-center rounded-control font-semibold text-body forced-colors:border',
        current ? 'bg-text text-surface' : 'bg-sunken text-soft',
        className,
      )}
    >
      {first?.segment.toUpperCase()}
    </span>
  )
}
