import type { ApiUserView } from '#lib/service-accounts/view'

/** The active tokens of an API user in words: "1 active token (Nightly)", "5 active tokens (Nightly, Import and 3 more)". */
export function TokensOf({ apiUser: { activeTokens, tokens } }: { apiUser: ApiUserView }) {
  const more = activeTokens - tokens.length
  return (
    <>
      {activeTokens} active {activeTokens === 1 ? 'token' : 'tokens'} (
      {tokens.map(({ name }, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <bdi className="font-semibold">{name}</bdi>
        </span>
      ))}
      {more > 0 && ` and ${more} more`})
    </>
  )
}
