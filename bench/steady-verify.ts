import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

// A thread of its own, so that nothing else of the benchmark stands in the way of the clock: asks at a steady rate
// whatever the answers do (open loop), and tells of each request when it was due and how long after that its answer
// was whole, in milliseconds.

const { url, credential, body, perSecond } = workerData
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
const headers = {
  authorization: `Bearer ${credential}`,
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
}
const begun = performance.now()
let asked = 0

function ask(due: number): void {
  const asking = request(`${url}/api/v1/verify`, { method: 'POST', agent, headers }, (response) => {
    response.resume()
    response.on('end', () => {
      const at = performance.now()
      parentPort?.postMessage({ due: performance.timeOrigin + due, took: at - due, ok: response.statusCode === 200 })
    })
  })
  asking.on('error', () => parentPort?.postMessage({ due: performance.timeOrigin + due, took: 0, ok: false }))
  asking.end(body)
}

setInterval(() => {
  const due = Math.floor(((performance.now() - begun) / 1000) * perSecond) + 1
  for (; asked < due; asked++) ask(begun + (asked * 1000) / perSecond)
}, 1)
