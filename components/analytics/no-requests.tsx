import { EmptyState } from '#components/ui/empty-state'
import { TextLink } from '#components/ui/text-link'
import type { Analytics } from '#lib/usage/view'

/** That nothing came in the period, and what to do next. */
export function NoRequests({ slug, tokens }: { slug: string } & Pick<Analytics, 'tokens'>) {
  const none = tokens.active === 0
  return (
    <EmptyState
      className="pt-8 pb-4"
      heading={none ? 'No active token' : 'No request in this period'}
      text={
        none
          ? 'What tokens are used for is shown here. Make one first.'
          : 'A request counts here once a service asks whether a token is good. Each token tells how on its page.'
      }
      action={<TextLink href={`/o/${slug}/tokens`}>Tokens</TextLink>}
    />
  )
}
