import { databaseAccount } from '#db/embedded/account'
import { findBinaries } from '#db/embedded/binaries'
import { createCluster, findCluster } from '#db/embedded/cluster'
import { type Files, findFolder, prepareFolder } from '#db/embedded/folder'
import { joinKeeper } from '#db/embedded/join'
import { startKeeper } from '#db/embedded/keeper'
import { dropLease, hasHolders, makeLease } from '#db/embedded/lease'
import { acquireLock } from '#db/embedded/lock'
import { inOneSentence } from '#db/embedded/one-sentence'
import { endPostmaster, forgetPostmaster } from '#db/embedded/postmaster'
import { makeSecrets, readSecrets, type Secrets } from '#db/embedded/secrets'
import { makeSocketFolder, socketUrl } from '#db/embedded/sockets'
import { tend } from '#db/embedded/tend'

export type EmbeddedDatabase = {
  /** Works for postgres.js, psql and pg_dump alike; holds the password. */
  readonly url: string
  /** Made at the first start and kept with the data, in the form of the variables AUTH_SECRET and SEAL_KEYS. */
  readonly secrets: Pick<Secrets, 'authSecret' | 'sealKeys'>
  /** The folder that holds everything: what to back up. */
  readonly dataPath: string
  /** Lets go of the database; if nobody else uses it, waits until it has ended in order. */
  stop(): Promise<void>
}

type Options = { readonly dataDir: string; readonly say: (line: string) => void }
type Share = { readonly files: Files; readonly secrets: Secrets; readonly url: string; readonly lease: number }

/** How long a database may take to end, and how long another start may hold the lock, in milliseconds. */
const ENDING = 60_000
const STARTING = 120_000

async function secretsFor(files: Files, hasCluster: boolean): Promise<Secrets> {
  const secrets = await readSecrets(files)
  if (secrets) return secrets
  if (!hasCluster) return makeSecrets(files)
  throw new Error(`${files.secrets} is missing: put its backup back, or remove ${files.folder} to start over.`)
}

async function joinOrStart({ dataDir, say }: Options): Promise<Share> {
  const account = await databaseAccount()
  const files = await prepareFolder(dataDir, account)
  const binaries = await findBinaries(account, files.folder)
  const onWait = () => say('Another Tokenry is starting on the same data; waiting for it.')
  using _ = await acquireLock(files.lock, { patience: STARTING, onWait })

  const hasCluster = await findCluster(files, binaries, account)
  const secrets = await secretsFor(files, hasCluster)
  await makeLease(files.lease)
  const joined = await joinKeeper(files, secrets.databasePassword)
  if (joined) return { files, secrets, ...joined }

  // Whatever still runs is on its way out or has lost its keeper.
  if (!(await endPostmaster(files, ENDING))) {
    throw new Error(`A database is still running on ${files.folder}, in another container perhaps: end it first.`)
  }
  if (!hasCluster) {
    say(`Making a PostgreSQL database in ${files.folder}.`)
    await createCluster(files, binaries, account, secrets.databasePassword)
  }
  await forgetPostmaster(files)
  const sockets = await makeSocketFolder(files.cluster, account)
  const url = socketUrl(sockets, secrets.databasePassword)
  const lease = await startKeeper({ files, binaries, account, sockets, url, say })
  return { files, secrets, url, lease }
}

async function leave(files: Files, leases: readonly number[]): Promise<void> {
  using _ = await acquireLock(files.lock, { patience: ENDING })
  leases.forEach(dropLease)
  if (!hasHolders(files.lease)) await endPostmaster(files, ENDING)
}

function held({ files, secrets, url }: Share, letGo: () => Promise<void>): EmbeddedDatabase {
  const { authSecret, sealKeys } = secrets
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= letGo()
    return stopping
  }
  return { url, secrets: { authSecret, sealKeys }, dataPath: files.folder, stop }
}

/**
 * Starts Tokenry's own PostgreSQL on the data in `dataDir`, or joins the one that another server on it has started. It
 * lives until the last server that uses it has stopped or died, and is started again should it die before. What takes
 * long is told through `say`. Throws an Error whose message is fit for the person at the terminal.
 */
export async function startEmbeddedDatabase(options: Options): Promise<EmbeddedDatabase> {
  const start = () => inOneSentence(options.dataDir, () => joinOrStart(options))
  const share = await start()
  const leases = [share.lease]
  const restart = async () => {
    leases.push((await start()).lease)
  }
  const neglect = tend(share.files.lease, restart, options.say)
  return held(share, async () => {
    await neglect()
    await leave(share.files, leases)
  })
}

/**
 * Joins the database that a server on the same `dataDir` runs, never starting one; undefined where none runs. Throws as
 * `startEmbeddedDatabase` does.
 */
export function joinEmbeddedDatabase({ dataDir }: Pick<Options, 'dataDir'>): Promise<EmbeddedDatabase | undefined> {
  return inOneSentence(dataDir, async () => {
    const files = await findFolder(dataDir)
    const secrets = files && (await readSecrets(files))
    if (!secrets) return undefined
    using _ = await acquireLock(files.lock, { patience: STARTING })
    const joined = await joinKeeper(files, secrets.databasePassword)
    return joined && held({ files, secrets, ...joined }, () => leave(files, [joined.lease]))
  })
}
