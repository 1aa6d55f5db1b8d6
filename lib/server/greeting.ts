import type { Supervised } from '#lib/server/supervise'

type Start = {
  /** Where people reach it: an origin. */
  readonly appUrl: string
  /** The port asked for and the one it got. */
  readonly port: { readonly wanted: number; readonly got: number }
  readonly verifiers: readonly Supervised[]
  /** The folder of the embedded database; undefined with a database of one's own. */
  readonly dataPath: string | undefined
  /** The one-time link while no platform exists. */
  readonly setupLink: string | null
  readonly demo:
    | { readonly accounts: readonly { readonly email: string; readonly what: string }[]; readonly password: string }
    | undefined
}

/** What a server says when it is ready, for people at a terminal. */
export function greeting({ appUrl, port, verifiers, dataPath, setupLink, demo }: Start): string {
  const parts: string[] = []
  if (port.wanted !== 0 && port.wanted !== port.got) parts.push(`Port ${port.wanted} is taken, so it is ${port.got}.`)
  parts.push(`Tokenry is ready at ${appUrl}`)
  if (verifiers.length > 0) parts.push(addresses(verifiers))
  if (dataPath !== undefined) parts.push(`Its data is in ${dataPath}`)
  if (setupLink !== null) parts.push(`Set it up here; the link works once, within the hour:\n${setupLink}`)
  if (demo) parts.push(accounts(demo), curl(appUrl))
  return `\n${parts.join('\n\n')}\n`
}

const addresses = (verifiers: Start['verifiers']) =>
  ['Its verifiers:', ...verifiers.map((each) => `  ${each.name}  ${addressIn(each)}`)].join('\n')

function addressIn({ url, wanted }: Supervised): string {
  if (url === null) return 'is not ready yet'
  return wanted === 0 || url.endsWith(`:${wanted}`) ? url : `${url}, as port ${wanted} is taken`
}

function accounts(demo: NonNullable<Start['demo']>): string {
  const width = Math.max(...demo.accounts.map(({ email }) => email.length))
  const lines = demo.accounts.map(({ email, what }) => `  ${email.padEnd(width)}  ${what}`)
  return [`Sign in as any of these, with the password ${demo.password}`, ...lines].join('\n')
}

const curl = (appUrl: string) =>
  [
    'As owner@demo.example choose New token, Generate and Copy; then ask what it may do:',
    '  export TOKENRY_TOKEN=<the token>',
    `  curl -s -H "Authorization: Bearer $TOKENRY_TOKEN" ${appUrl}/api/v1/me`,
  ].join('\n')
