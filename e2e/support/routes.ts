import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { VERIFIER_PATHS } from '#lib/verification/routes'

const BUILD = resolve(import.meta.dirname, '../../.next')

const read = async <Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> =>
  schema.parse(JSON.parse(await readFile(join(BUILD, path), 'utf8')))

/** All that the server answers, as the build and the data plane list it, files and the framework's own pages left out. */
export async function routesOfBuild(): Promise<string[]> {
  const built = Object.values(await read('app-path-routes-manifest.json', z.record(z.string(), z.string())))
  const ours = built.filter((route) => !/^\/_|^\/[^/]+\.\w+$/.test(route))
  return [...ours, ...VERIFIER_PATHS, '/api/metrics'].toSorted()
}

/** The ids under which this build's server actions are posted, by their names. */
export async function actionsOfBuild(): Promise<ReadonlyMap<string, string>> {
  const References = z.object({ node: z.record(z.string(), z.object({ exportedName: z.string() })) })
  const { node } = await read('server/server-reference-manifest.json', References)
  return new Map(Object.entries(node).map(([id, { exportedName }]) => [exportedName, id]))
}
