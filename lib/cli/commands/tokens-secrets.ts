import { type Command, Option } from 'commander'
import { type Client, knownClient } from '#lib/cli/client'
import { EXIT, Refusal } from '#lib/cli/exit-codes'
import { readExpiry } from '#lib/cli/expiry'
import { ORGANIZATION, type Organization } from '#lib/cli/options'
import { print, printJson, say } from '#lib/cli/print'
import { isWanted, putSecret, type SecretOut } from '#lib/cli/secret-out'
import { newKey, Opened, pathOf, TOKENS, Token } from '#lib/cli/token'

const OVERLAPS = { now: 0, '1h': 3_600, '24h': 86_400, '7d': 604_800 } as const

type Out = SecretOut & { readonly json?: boolean }

const secretOptions = (command: Command) =>
  command
    .addOption(new Option('--show-secret', 'reveal it now and print its secret').conflicts('secretFile'))
    .option('--secret-file <file>', 'reveal it now and put its secret into a new file')

type New = Organization & { readonly expires?: string; readonly scope?: string; readonly device?: readonly string[] }

/** `tokenry tokens create`. */
export function addCreate(command: Command): void {
  secretOptions(command.addOption(ORGANIZATION()))
    .argument('<name>')
    .option('--expires <when>', '90d, 2027-01-31, a date-time, or never; else what the policy says')
    .option('--scope <scopes>', 'separated by spaces, as "data:read reports:read"')
    .option('--device <id...>', 'only these devices')
    .action(async (name: string, { expires, scope, device, organization, ...out }: New & Out) => {
      const resources = device?.map((id) => `device:${id}`)
      const expiresAt = expires === undefined ? undefined : readExpiry(expires, new Date())
      await make(await knownClient(), TOKENS, { name, scope, organization, resources, expiresAt }, out)
    })
}

/** `tokenry tokens reveal`. */
export function addReveal(command: Command): void {
  command
    .argument('<id>')
    .option('--secret-file <file>', 'put it into a new file instead of printing it')
    .action(async (id: string, out: Out) => open(await knownClient(), `${pathOf(id)}/reveal`, undefined, out))
}

/** `tokenry tokens rotate`. */
export function addRotate(command: Command): void {
  secretOptions(command)
    .argument('<id>')
    .addOption(
      new Option('--overlap <time>', 'how long the old secret keeps working once the new one is revealed')
        .choices(Object.keys(OVERLAPS))
        .default('24h'),
    )
    .action(async (id: string, { overlap, ...out }: Out & { overlap: keyof typeof OVERLAPS }) =>
      make(await knownClient(), `${pathOf(id)}/rotate`, { overlapSeconds: OVERLAPS[overlap] }, out),
    )
}

/** Makes a token, or a new secret for one, and opens it where that is wanted. */
async function make(client: Client, path: string, body: object, out: Out): Promise<void> {
  const reveal = isWanted(out)
  if (reveal) return open(client, path, { ...body, reveal }, out)
  const made = await client.read(Token, 'POST', path, { body: { ...body, reveal }, headers: newKey() })
  if (out.json) return printJson(made)
  print(made.tokenId)
  say(`The secret is not revealed yet: tokenry tokens reveal ${made.tokenId}`)
}

/** Has a secret told under a key of its own, so that asking again after a lost answer makes no second one. */
async function open(client: Client, path: string, body: object | undefined, out: Out): Promise<void> {
  const ask = async () => {
    const opened = await client.read(Opened, 'POST', path, { body, headers: newKey() })
    if (opened.secret !== undefined) return { ...opened, secret: opened.secret }
    throw new Refusal(
      EXIT.forbidden,
      `"${opened.name}" (${opened.tokenId}) is there, but only its organization can reveal it.`,
    )
  }
  if (out.json && out.secretFile === undefined) printJson(await ask())
  else await putSecret(out, ask)
}
