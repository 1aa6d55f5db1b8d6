'use client'

import {
  Braces,
  Building2,
  ChartNoAxesColumn,
  Cpu,
  FileDown,
  type LucideIcon,
  ScrollText,
  Settings2,
  Ticket,
  Users,
} from 'lucide-react'
import { usePathname } from 'next/navigation'
import { cn } from '#components/ui/cn'
import { IntentLink } from '#components/ui/intent-link'

const ICONS = {
  tokens: Ticket,
  analytics: ChartNoAxesColumn,
  reports: FileDown,
  customers: Building2,
  members: Users,
  devices: Cpu,
  audit: ScrollText,
  settings: Settings2,
  api: Braces,
} satisfies Record<string, LucideIcon>

export type NavItem = {
  readonly href: string
  readonly label: string
  readonly icon: keyof typeof ICONS
  /** Items of the same number stand together, with a line between groups. */
  readonly group: number
}

/** The desk's pages; the one shown now, or the one above it, is marked. */
export function NavList({ items, className }: { items: readonly NavItem[]; className?: string }) {
  const path = usePathname()
  return (
    <nav aria-label="Pages" className={className}>
      <ul className="flex flex-col gap-px">
        {items.map((item, index) => {
          const Icon = ICONS[item.icon]
          const current = path === item.href || path.startsWith(`${item.href}/`)
          const opensGroup = index > 0 && items[index - 1]?.group !== item.group
          return (
            <li
              key={item.href}
              className={cn(opensGroup && 'before:mx-2.5 before:my-2.5 before:block before:h-px before:bg-line')}
            >
              <IntentLink
                href={item.href}
                aria-current={current ? 'page' : undefined}
                className={cn(
                  'flex h-8.5 items-center gap-2.5 rounded-control border px-2.5 text-body transition-colors touch:h-11',
                  current
                    ? 'border-line bg-raised font-semibold text-text shadow-control dark:bg-surface'
                    : 'border-transparent font-book text-soft hover:bg-sunken hover:text-text',
                )}
              >
                <Icon className={current ? 'text-accent-text' : 'text-muted'} />
                {item.label}
              </IntentLink>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
