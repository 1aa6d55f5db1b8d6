import { createSecretKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { isShowable } from '#lib/names'
import { parseRange } from '#lib/network'
import { isLoopbackName } from '#lib/server/policy'

/** One key that seals secrets under policy `anytime`; the first of the list seals, all of them open. */
export type SealKey = { readonly id: string; readonly key: KeyObject }

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

/** Each variable by itself: its form, and what it is where it is not set. Messages name it and never quote its value. */
export const Variables = z.object({
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
