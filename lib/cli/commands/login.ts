import type { Command } from 'commander'
import { z } from 'zod'
import { readAddress } from '#lib/cli/address'
import { askSecret } from '#lib/cli/ask-people'
import { openClient } from '#lib/cli/client'
import { credentialsFile, forgetCredentials, keepCredentials } from '#lib/cli/credentials'
import { EXIT, Refusal } from '#lib/cli/exit-codes'
import { say } from '#lib/cli/print'

const Me = z.looseObject({ name: z.string(), kind: z.string() })

/** `tokenry login` and `tokenry logout`. */
export function addLogin(program: Command): void {
  program
    .command('login')
    .description('keep the address of Tokenry and a token for it')
    .argument('<url>', 'where Tokenry is, as https://tokens.example.com')
    .addHelpText(
      'after',
      '\nThe token is asked for unseen, or read from standard input. It is tried before it is kept.',
    )
    .action(async (address: string) => {
      const url = readAddress(address)
      const token = await askSecret('Token: ')
      if (token === '') throw new Refusal(EXIT.usage, 'No token was given.')
      const me = await openClient({ url, token }).read(Me, 'GET', '/api/v1/me')
      await keepCredentials({ url, token })
      say(`From now on you act with "${me.name}", kept in ${credentialsFile()} for you alone.`)
    })
  program
    .command('logout')
    .description('forget the token that was kept')
    .action(async () => {
      await forgetCredentials()
      say('No token is kept any more.')
    })
}
