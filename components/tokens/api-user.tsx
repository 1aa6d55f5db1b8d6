import type { ScopeOption, TokenApiUser } from '#lib/tokens/view'

/** Scopes as they may be chosen for a token of that API user: what it does not hold is refused. */
export const withinApiUser = (options: readonly ScopeOption[], apiUser: TokenApiUser): ScopeOption[] =>
  options.map((option) =>
    option.refusal !== null || apiUser.scopes.includes(option.name)
      ? option
      : { ...option, refusal: `${apiUser.name} doesn't hold it.` },
  )

/** How the field Devices is worded for a token of an API user that is narrowed to some. */
export const devicesWords = (apiUser: TokenApiUser | null) =>
  apiUser === null || apiUser.devices === null
    ? {}
    : { all: "All of its API user's", hint: 'It reaches no device that its API user does not.' }
