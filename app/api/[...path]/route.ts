import { PROBLEM_JSON, problem } from '#lib/problem'

/** Programs are told in their own form that there is nothing, not by the page for people. */
export function GET() {
  const text = JSON.stringify(problem(404, 'not_found', 'There is nothing here.'))
  return new Response(text, { status: 404, headers: { 'content-type': PROBLEM_JSON, 'cache-control': 'no-store' } })
}
