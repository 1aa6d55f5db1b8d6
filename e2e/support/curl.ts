import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/**
 * What a printed curl line gets for whoever holds the secret, without `-o`: by curl, or where there is none by asking
 * what the line says.
 */
export async function runCurl(line: string, secret: string): Promise<Buffer> {
  const plain = line.replace(/ -o \S+/, '')
  try {
    const env = { NODE_ENV: 'production', PATH: process.env['PATH'], TOKENRY_TOKEN: secret } as const
    const options = { env, encoding: 'buffer', maxBuffer: 50_000_000 } as const
    return (await promisify(execFile)('sh', ['-c', `command -v curl >/dev/null || exit 44; ${plain}`], options)).stdout
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 44)) throw error
    const [, url = ''] = / (https?:\S+)$/.exec(plain) ?? []
    const answer = await fetch(url, { headers: { authorization: `Bearer ${secret}` } })
    return Buffer.from(await answer.arrayBuffer())
  }
}
