/** Signs in through next-auth's own door and gives the cookies of the session as a header. */
export async function signInForCookie(url: string, email: string, password: string): Promise<string> {
  const asked = await fetch(`${url}/api/auth/csrf`)
  const { csrfToken } = (await asked.json()) as { csrfToken: string }
  const before = cookiesOf(asked)
  const answered = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: before, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, email, password }),
  })
  const after = cookiesOf(answered)
  if (!after.includes('session-token')) throw new Error(`${email} cannot sign in: ${answered.status}`)
  return `${before}; ${after}`
}

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ')
