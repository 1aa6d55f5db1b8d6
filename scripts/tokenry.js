#!/usr/bin/env node
// The command, for whatever Node there is: handed over to the one that npm install brought along, which reads TypeScript.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const own = here('../node_modules/.bin/node')
const node = existsSync(own) ? own : process.execPath
const check = here('./check-node.js')
const child = spawn(node, ['--import', check, here('../lib/cli/main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15)
})
