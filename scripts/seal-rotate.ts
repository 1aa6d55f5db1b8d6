import { openDatabase as connect } from '#db/client'
import { parseEnv } from '#lib/env'
import { resealAll } from '#lib/tokens/reseal'
import { openDatabase } from '#scripts/open-database'
import { runCommand } from '#scripts/run-command'
import { showRows } from '#scripts/show-rows'

// Seals every secret that policy `anytime` keeps under the newest of SEAL_KEYS, while servers that know both keys run.

function keys() {
  const parsed = parseEnv(process.env, { signsIn: false })
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  const [newest, ...older] = parsed.env.sealKeys
  if (newest === undefined || older.length === 0)
    throw new Error(
      'Put a new key before the present one: SEAL_KEYS=<new id>:<openssl rand -base64 32>,<present key>, ' +
        'for the servers first, then for this. On the embedded database the present one is in secrets.json.',
    )
  return [newest, ...older] as const
}

await runCommand(async () => {
  const [newest, ...older] = keys()
  const database = await openDatabase({ demo: process.argv.includes('--demo'), make: false })
  const progress = showRows('Sealing')
  const db = connect(database.url, { connections: 1 })
  try {
    const { done, under } = await resealAll(db, [newest, ...older], (count) => progress.show('token_secrets', count))
    progress.end()
    const rest = [...under].filter(([id]) => id !== newest.id)
    console.log(`${done} sealed anew; ${under.get(newest.id) ?? 0} are under ${newest.id} now.`)
    for (const [id, count] of rest) console.log(`${count} are still under ${id}: run this again, or keep that key.`)
    if (rest.length === 0) console.log(`No secret needs ${older.map(({ id }) => id).join(', ')} any more.`)
    else process.exitCode = 1
  } finally {
    progress.end()
    await db.close()
    await database.stop()
  }
})
