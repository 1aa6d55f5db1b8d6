import { CirclePause, Layers, Lock } from 'lucide-react'
import type { CustomerFormOptions } from '#lib/organizations/view'

/** What whoever sells should know, at the foot of the page. */
export function CustomerNotes({ tier }: Pick<CustomerFormOptions, 'tier'>) {
  const notes = [
    {
      Icon: Layers,
      text:
        tier === null
          ? "A customer's tier is never above its reseller's."
          : `You can grant tiers up to your own, ${tier.name}. A customer's tier is never above its reseller's.`,
    },
    { Icon: Lock, text: 'You make tokens for customers; only they can reveal them.' },
    { Icon: CirclePause, text: 'Suspending refuses every token of a customer at once. Resuming brings them back.' },
  ]
  return (
    <ul className="mt-auto grid gap-x-10 gap-y-3 border-t pt-5 text-small text-soft max-lg:mt-9 sm:grid-cols-3">
      {notes.map(({ Icon, text }) => (
        <li key={text} className="flex gap-2.5">
          <Icon aria-hidden className="mt-0.5 text-muted" />
          {text}
        </li>
      ))}
    </ul>
  )
}
