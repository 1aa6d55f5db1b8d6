import type { NextRequest } from 'next/server'
import { handlers } from '#lib/auth'
import { PROBLEM_JSON, problem } from '#lib/problem'
import { arriveFromProvider, CALLBACK } from '#lib/provider'

/** next-auth's own door; whoever comes back from the provider is led on by us, however it went. */
export const GET = (request: NextRequest): Promise<Response> =>
  request.nextUrl.pathname === CALLBACK ? arriveFromProvider(request) : handlers.GET(request)

/** The same where a refusal that says when to come back has its status and header. */
export async function POST(request: NextRequest): Promise<Response> {
  const answer = await handlers.POST(request)
  const code = URL.parse(answer.headers.get('location') ?? '')?.searchParams.get('code') ?? ''
  const [, seconds] = /^too_often\.(\d+)$/.exec(code) ?? []
  if (seconds !== undefined) return comeBack(429, 'too_often', 'Too many tries.', seconds)
  return code === 'busy' ? comeBack(503, 'busy', 'Too many people are signing in.', '1') : answer
}

const comeBack = (status: number, code: string, detail: string, seconds: string) =>
  new Response(JSON.stringify(problem(status, code, detail)), {
    status,
    headers: { 'content-type': PROBLEM_JSON, 'cache-control': 'no-store', 'retry-after': seconds },
  })
