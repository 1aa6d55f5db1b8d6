import { resolve } from 'node:path'
import type { z } from 'zod'
import { Variables } from '#lib/env/variables'

/** What the environment says, parsed. Secrets are as they were given; nothing in here may be logged. */
export type Env = ReturnType<typeof toEnv>

type Source = Readonly<Record<string, string | undefined>>

/** What one variable asks of another, told beside everything else that is wrong. */
function missing(source: Source, signsIn: boolean): string[] {
  const problems: string[] = []
  if (signsIn && source['DATABASE_URL'] && !source['AUTH_SECRET']) {
    problems.push('AUTH_SECRET is required with DATABASE_URL: make one with `openssl rand -base64 32`.')
  }
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']
  const absent = oidc.filter((name) => !source[name])
  if (signsIn && absent.length > 0 && absent.length < oidc.length) {
    problems.push(`${absent.join(' and ')} must be set too: signing in through a provider needs ${oidc.join(', ')}.`)
  }
  if (source['SMTP_URL'] && !source['MAIL_FROM']) {
    problems.push('MAIL_FROM is required with SMTP_URL: the address that mail is sent from.')
  }
  if (source['SMTP_URL'] && !source['APP_URL']) {
    problems.push('APP_URL is required with SMTP_URL: the origin that links in mails lead to.')
  }
  return problems
}

function toEnv(variables: z.output<typeof Variables>) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = variables
  const { SMTP_URL: smtpUrl, MAIL_FROM: from } = variables
  return {
    port: variables.PORT,
    host: variables.HOST,
    /** An origin without a trailing slash; unset until the server knows its port. */
    appUrl: variables.APP_URL,
    databaseUrl: variables.DATABASE_URL,
    /** Absolute. */
    dataDir: resolve(variables.DATA_DIR),
    authSecret: variables.AUTH_SECRET,
    /** Newest first; empty means that nothing can be sealed. */
    sealKeys: variables.SEAL_KEYS ?? [],
    /** Newest first, at least one: the first mints, all are accepted. */
    tokenPrefixes: variables.TOKEN_PREFIX,
    verifierPort: variables.VERIFIER_PORT,
    /** How many tokens a verifier keeps in memory; 0: none. */
    factsCacheEntries: variables.FACTS_CACHE_ENTRIES,
    /** How a verifier is called in the list of those that run; unset: by where it runs. */
    verifierName: variables.VERIFIER_NAME,
    oidc:
      issuer && clientId && clientSecret ? { name: variables.OIDC_NAME, issuer, clientId, clientSecret } : undefined,
    mail: smtpUrl && from ? { smtpUrl, from } : undefined,
    /** IP addresses and networks in CIDR notation. */
    trustedProxies: variables.TRUSTED_PROXIES,
    metricsToken: variables.METRICS_TOKEN,
    /** What is logged: this and what is more urgent. Unset: as suits whoever starts it. */
    logLevel: variables.LOG_LEVEL,
    demoPassword: variables.DEMO_PASSWORD,
  }
}

/**
 * Parses the environment, an empty variable counting as unset. Every problem is a sentence that names its variable and
 * never quotes a value, since values can be secrets. Whoever signs nobody in (`signsIn: false`) need not hold AUTH_SECRET
 * nor what the provider asks for.
 */
export function parseEnv(
  source: Source,
  { signsIn = true } = {},
): { readonly ok: true; readonly env: Env } | { readonly ok: false; readonly problems: readonly string[] } {
  const set = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const parsed = Variables.safeParse(set)
  const problems = [...(parsed.error?.issues.map(({ message }) => message) ?? []), ...missing(set, signsIn)]
  return parsed.success && problems.length === 0 ? { ok: true, env: toEnv(parsed.data) } : { ok: false, problems }
}

let memo: Env | undefined

/** The environment of this process, parsed at the first call; throws an Error that tells every problem. */
export function env(): Env {
  if (memo) return memo
  const parsed = parseEnv(process.env)
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  memo = parsed.env
  return memo
}
