import { createServer } from 'node:http'
import { ready } from '#bench/verify/ready'

// The floor: what node:http itself costs for a verification. It reads the same headers, parses the same body and
// answers fixed bytes, of the length of the verifier's answer, that say `active`.

const text = '{"active":true,"filler":""}'
const answer = Buffer.from(text.replace('""', `"${'x'.repeat(Number(process.env['ANSWER_BYTES']) - text.length)}"`))

const server = createServer((request, response) => {
  const { authorization, 'content-type': type } = request.headers
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body: { token?: unknown } = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    const isWhole = authorization !== undefined && type === 'application/json' && typeof body.token === 'string'
    response.writeHead(isWhole ? 200 : 400, {
      'content-type': 'application/json',
      'content-length': answer.length,
      'cache-control': 'no-store',
    })
    response.end(answer)
  })
})
ready(server)
