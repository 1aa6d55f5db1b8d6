import { Cpu, Globe, type LucideIcon, Route, ScanText, TrendingUp } from 'lucide-react'
import { AskLink } from '#components/tokens/limit-notice'
import type { TokenFormOptions } from '#lib/tokens/view'

const VIEWS: readonly { name: string; text: string; icon: LucideIcon }[] = [
  { name: 'By endpoint', text: 'Which routes are called, how often, and how many calls are refused.', icon: Route },
  { name: 'By resource', text: 'Which devices tokens are used for, and which they try in vain.', icon: Cpu },
  { name: 'By address', text: 'Where requests come from.', icon: Globe },
  { name: 'By user agent', text: 'Which programs send them.', icon: ScanText },
  { name: 'Compared', text: 'How much more or less came than in the same time before.', icon: TrendingUp },
]

/** What the tier does not have: names and a sentence each, without data; and who can change that. */
export function Locked({ tier, ask }: { tier: string; ask: TokenFormOptions['ask'] }) {
  return (
    <section aria-labelledby="locked" className="mt-7 border-t pt-6 print:hidden">
      <h2 id="locked" className="text-section">
        Not in {tier}
      </h2>
      <p className="mb-3 text-soft">
        A tier with extended metrics, such as Advanced, adds these views.
        {ask && <AskLink ask={ask} />}
      </p>
      <ul className="grid gap-3.5 sm:grid-cols-2 xl:grid-cols-3">
        {VIEWS.map(({ name, text, icon: Icon }) => (
          <li key={name} className="rounded-panel border border-line-strong border-dashed px-4.5 py-4">
            <h3 className="flex items-center gap-2 text-section">
              <Icon aria-hidden className="text-muted" />
              {name}
            </h3>
            <p className="mt-1.5 text-soft">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
