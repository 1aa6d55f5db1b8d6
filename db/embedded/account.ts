import { type Account, run } from '#db/embedded/run'

const NAME = 'tokenry'

async function find(): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])])
  return uid.ok && gid.ok ? { uid: Number(uid.output), gid: Number(gid.output) } : undefined
}

/**
 * The account that PostgreSQL runs under: `undefined` for our own, or, since PostgreSQL refuses to run as root, the
 * system user `tokenry`, made if it is not there.
 */
export async function databaseAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const present = await find()
  if (present) return present
  const made = await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    NAME,
  ])
  // Looked up whatever useradd said: another start may have made it meanwhile.
  const account = await find()
  if (account) return account
  throw new Error(
    `PostgreSQL refuses to run as root, and the system user ${NAME} could not be made (${made.output}): ` +
      'make that user, start Tokenry as another user, or set DATABASE_URL.',
  )
}
