import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { addressOf } from '#lib/verification/testing/http'

/** Where a client of postgres.js finds its server. */
export type Server = {
  readonly path: string | false | undefined
  readonly host: readonly string[]
  readonly port: readonly number[]
}

/** `silent`: swallows what comes either way and ends nothing; `refuses`: ends connections as soon as they are made. */
export type Manner = 'passes' | 'silent' | 'refuses'

/** A database seen through a wire on loopback that can be cut, fall silent, refuse or be slow; `url` leads through it. */
export async function openWire(url: string, { path, host, port: ports }: Server) {
  const reach = () => (path ? connect(path) : connect(ports[0] ?? 0, host[0]))
  const ends = new Set<Socket>()
  let manner: Manner = 'passes'
  let delay = () => 0

  /** Each way keeps its order. */
  function pass(from: Socket, to: Socket) {
    let passed = Promise.resolve()
    from.on('data', (chunk) => {
      if (manner === 'silent') return
      const due = delay()
      if (due === 0) return void to.write(chunk)
      const slept = sleep(due)
      passed = Promise.all([passed, slept]).then(() => void to.write(chunk))
    })
    from.on('close', () => {
      ends.delete(from)
      to.destroy()
    })
    from.on('error', () => to.destroy())
    ends.add(from)
  }

  const wire = createServer((near) => {
    if (manner === 'refuses') return void near.on('error', () => {}).destroy()
    const far = reach()
    pass(near, far)
    pass(far, near)
  })
  const listen = (at: number) => new Promise<void>((resolve) => wire.listen(at, '127.0.0.1', resolve))
  await listen(0)
  const { port } = addressOf(wire.address())
  const drop = () => {
    for (const end of ends) end.destroy()
  }
  return {
    url: url.replace(/@[^/]*/, `@127.0.0.1:${port}`),
    /** Ends every connection and takes no more, until `mend`; also the end of it. */
    async cut(): Promise<void> {
      drop()
      if (wire.listening) await new Promise((resolve) => wire.close(resolve))
    },
    mend: () => listen(port),
    /** Ends the connections there are. */
    drop,
    behave(as: Manner): void {
      manner = as
      if (as === 'refuses') drop()
    },
    /** Holds everything up for as long as this says, in milliseconds, piece by piece. */
    slow(by: () => number): void {
      delay = by
    },
  }
}
