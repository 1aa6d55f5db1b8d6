import type { Env } from '#lib/env'

/** What next-auth calls the provider, in the addresses of its routes too. */
export const PROVIDER = 'oidc'

/** The one provider that people can sign in through, as the environment names it. */
export type Provider = NonNullable<Env['oidc']>

/** The form in which issuers are stored and compared: as URLs are, so that a slash after the host makes no difference. */
export const issuerKey = (issuer: string): string => new URL(issuer).href
