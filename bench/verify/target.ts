import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'

// A tick of /proc is a hundredth of a second on every Linux.
const TICK_MICROSECONDS = 10_000

export const SERVER_CORE = '0'
export const LOAD_CORE = '1'

/** CPU time that a process has used so far, user and system together, in microseconds. Linux only. */
export function cpuMicroseconds(pid: number): number {
  // What comes before the last bracket is the program's name, which can hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS
}

/** The children of a process. Linux only. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid)
}

function parentOf(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[1])
  } catch {
    return null
  }
}

export type Target = {
  readonly url: string
  readonly pid: number
  /** What it prints. */
  readonly output: Readable
}

/** Starts a server on one core until the end of `resources`; it says `ready at <address>` when it is. */
export async function startTarget(
  resources: AsyncDisposableStack,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  core = SERVER_CORE,
): Promise<Target> {
  const child = spawn('taskset', ['-c', core, process.execPath, ...command], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error('there is no taskset here')
  endWith(resources, child)
  const url = await new Promise<string>((said, failed) => {
    child.stdout.on('data', (chunk) => {
      const [, address] = /ready at (\S+)/.exec(String(chunk)) ?? []
      if (address !== undefined) said(address)
    })
    child.once('exit', (code) => failed(new Error(`${command.join(' ')} ended with ${code}`)))
  })
  // taskset becomes what it starts, so this is the server itself.
  return { url, pid, output: child.stdout }
}

function endWith(resources: AsyncDisposableStack, child: ChildProcess): void {
  const ended = once(child, 'exit')
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  resources.defer(async () => {
    const late = setTimeout(end, 15_000)
    child.kill()
    await ended
    clearTimeout(late)
    process.off('exit', end)
  })
}
