import { cva, type VariantProps } from 'class-variance-authority'
import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'

const noticeVariants = cva('flex items-start gap-2.5 rounded-control px-3 py-2.5 text-body forced-colors:border', {
  variants: {
    tone: {
      amber: 'bg-notice-soft font-medium text-notice-text',
      danger: 'bg-danger-soft text-danger-text',
      plain: 'rounded-panel border px-4 py-3 text-soft',
    },
  },
})

const ICONS = { amber: TriangleAlert, danger: CircleAlert, plain: Info }

/** A sentence that stands out: amber for a warning, danger for a refusal of the whole form, plain for a consequence. */
export function Notice({
  tone = 'amber',
  className,
  children,
  ...props
}: ComponentProps<'div'> & { tone?: NonNullable<VariantProps<typeof noticeVariants>['tone']> }) {
  const Icon = ICONS[tone]
  return (
    <div className={cn(noticeVariants({ tone }), className)} {...props}>
      <Icon className="mt-0.5" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  )
}
