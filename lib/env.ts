import { createSecretKey, type KeyObject } from 'node:crypto'
import { resolve } from 'node:path'
import { z } from 'zod'
import { isShowable } from '#lib/names'
import { parseRange } from '#lib/network'
import { isLoopbackName } from '#lib/server/policy'

/** What the environment says, parsed. Secrets are as they were given; nothing in here may be logged. */
export type Env = ReturnType<typeof toEnv>

/** One key that seals secrets under policy `anytime`; the first of the list seals, all of them open. */
export type SealKey = { readonly id: string; readonly key: KeyObject }

type Source = Readonly<Record<string, string | undefined>>

const text = z.string()

const port = (name: string) =>
  text
    .refine(
      (value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535,
      `${name} must be a whole number from 0 to 65535.`,
    )
    .transform(Number)

const url = (name: string, protocols: readonly string[], example: string) =>
  text.refine(
    (value) => protocols.includes(URL.parse(value)?.protocol ?? ''),
    `${name} must be a URL such as ${example}.`,
  )

const list = (value: string) =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

const isUnique = (values: readonly string[]) => new Set(values).size === values.length

const isPrefixList = (prefixes: string[]): prefixes is [string, ...string[]] =>
  prefixes.length > 0 && isUnique(prefixes) && prefixes.every((prefix) => /^[a-z][a-z0-9]{0,15}$/.test(prefix))

function toSealKeys(value: string): SealKey[] | undefined {
  const keys = list(value).map((entry) => {
    const [, id, encoded] = /^([A-Za-z0-9._-]{1,64}):([A-Za-z0-9+/]{43}=)$/.exec(entry) ?? []
    return id !== undefined && encoded !== undefined
      ? { id, key: createSecretKey(Buffer.from(encoded, 'base64')) }
      : undefined
  })
  const whole = keys.filter((key) => key !== undefined)
  return whole.length > 0 && whole.length === keys.length && isUnique(whole.map(({ id }) => id)) ? whole : undefined
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

const isNetwork = (value: string) => parseRange(value) !== null

const isDatabaseUrl = (value: string) => /^postgres(ql)?:\/\/\S+$/.test(value) && URL.canParse(value)

// Of several the client would ask the next without end while none answers. A folder of sockets may have a comma.
const isOneServer = (value: string) => /^[^,]*$|%2F/i.test(URL.parse(value)?.host ?? '')

// OpenID Connect Discovery 1.0, section 2: no query and no fragment. Over plain http only where nothing is on the wire.
function isIssuer(value: string): boolean {
  const url = URL.parse(value)
  if (url === null || url.search + url.hash + url.username + url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackName(url.host))
}

const Variables = z.object({
  PORT: port('PORT').default(3000),
  HOST: text.regex(/^[^\s/]+$/, 'HOST must be an address or a host name, such as 127.0.0.1.').optional(),
  APP_URL: url('APP_URL', ['http:', 'https:'], 'https://tokens.example.com')
    .refine((value) => URL.parse(value)?.pathname === '/', 'APP_URL must be an origin, without a path.')
    .transform((value) => new URL(value).origin)
    .optional(),
  DATABASE_URL: text
    .refine(isDatabaseUrl, 'DATABASE_URL must be a URL such as postgres://user:password@host:5432/tokenry.')
    .refine(isOneServer, 'DATABASE_URL names several servers: give one.')
    .optional(),
  DATA_DIR: text.default('.data'),
  AUTH_SECRET: text.min(32, 'AUTH_SECRET must have at least 32 characters.').optional(),
  SEAL_KEYS: text
    .transform(toSealKeys)
    .refine(
      (keys) => keys !== undefined,
      'SEAL_KEYS must be a list of <key id>:<base64 of 32 bytes>, newest first, separated by commas, no id twice.',
    )
    .optional(),
  TOKEN_PREFIX: text
    .transform(list)
    .refine(
      isPrefixList,
      'TOKEN_PREFIX must be a list of prefixes, newest first, separated by commas: a letter, then up to 15 of a-z0-9.',
    )
    .default(['tok']),
  VERIFIER_PORT: port('VERIFIER_PORT').default(3001),
  FACTS_CACHE_ENTRIES: text
    .refine(
      (value) =>
        /^\d{1,8}$/.test(value) && (Number(value) === 0 || (Number(value) >= 1_000 && Number(value) <= 10_000_000)),
      'FACTS_CACHE_ENTRIES must be how many tokens a verifier keeps in memory, from 1000 to 10000000; or 0 for none.',
    )
    .transform(Number)
    .default(200_000),
  VERIFIER_NAME: text
    .trim()
    .refine((name) => name.length <= 60 && isShowable(name), 'VERIFIER_NAME must be a name of at most 60 characters.')
    .optional(),
  OIDC_NAME: text
    .trim()
    .refine((name) => name.length <= 60 && isShowable(name), 'OIDC_NAME must be a name of at most 60 characters.')
    .default('Single sign-on'),
  OIDC_ISSUER: text
    .refine(
      isIssuer,
      'OIDC_ISSUER must be a URL such as https://login.example.com, without a query; http only on this very machine.',
    )
    .optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  SMTP_URL: url('SMTP_URL', ['smtp:', 'smtps:'], 'smtps://user:password@mail.example.com').optional(),
  MAIL_FROM: text.regex(/@/, 'MAIL_FROM must be an e-mail address.').optional(),
  TRUSTED_PROXIES: text
    .transform(list)
    .refine(
      (entries) => entries.every(isNetwork),
      'TRUSTED_PROXIES must be a list of IP addresses or networks such as 10.0.0.0/8, separated by commas.',
    )
    .default([]),
  METRICS_TOKEN: text.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.` }).optional(),
  DEMO_PASSWORD: text
    .refine((value) => value.length >= 12 && value.length <= 256, 'DEMO_PASSWORD must have 12 to 256 characters.')
    .default('tokenry-demo'),
})

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
