import { Command, CommanderError } from 'commander'
import { addLogin } from '#lib/cli/commands/login'
import { addReport } from '#lib/cli/commands/report'
import { addTokens } from '#lib/cli/commands/tokens'
import { addUsage } from '#lib/cli/commands/usage'
import { addVerify } from '#lib/cli/commands/verify'
import { EXIT, Refusal } from '#lib/cli/exit-codes'
import { say } from '#lib/cli/print'
import packageJson from '../../package.json' with { type: 'json' }

const CODES = `
Credentials: what \`tokenry login\` kept, or TOKENRY_URL and TOKENRY_TOKEN.
Exit codes: 0 done; 1 failed; 2 wrong use or input; 3 no token, or a bad one; 4 not allowed; 5 not found;
  6 a name, limit or status stands against it; 7 unreachable or busy, try again; 8 (verify) not active.`

const program = new Command('tokenry')
  .description('manage API tokens from a command line')
  .version(packageJson.version)
  .showHelpAfterError()
  .addHelpText('after', CODES)
  .exitOverride()
for (const add of [addLogin, addTokens, addUsage, addReport, addVerify]) add(program)

// Whoever reads no further, as `head`, has what they wanted.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
  process.exit(code === 'EPIPE' ? EXIT.done : EXIT.failed),
)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
  else {
    say(
      error instanceof Refusal
        ? error.message
        : `Failed unexpectedly: ${error instanceof Error ? error.message : error}`,
    )
    process.exitCode = error instanceof Refusal ? error.exitCode : EXIT.failed
  }
}
