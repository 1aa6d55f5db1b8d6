import type { Page } from '@playwright/test'
import { openDatabase } from '#db/client'
import { logins } from '#db/schema/users'
import { alive, choose, dialog, openDesk, signIn, toast } from './support/desk'
import { freePort } from './support/free-port'
import { DEMO_PASSWORD } from './support/organization'
import { makeDatabase } from './support/own-database'
import { openProvider } from './support/provider'
import { letConfirmationLapse } from './support/sessions'
import { startServer } from './support/start-server'
import { expect, test } from './support/test'

const NAME = 'Example ID'
const OWNER = 'owner@demo.example'
const BEA = 'bea@alder.example'

/** Signs in at the provider, which asks. */
async function atProvider(page: Page, login: string): Promise<void> {
  await expect(page.getByRole('heading', { name: NAME })).toBeVisible()
  await page.getByLabel('Login').fill(login)
  await page.getByRole('button', { name: 'Continue' }).click()
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const refusal = (page: Page) => page.getByRole('main').getByRole('alert')

async function open(resources: AsyncDisposableStack) {
  const database = await makeDatabase(resources, 'provider')
  const port = String(await freePort())
  const desk = `http://localhost:${port}`
  // Both say that they are the owner; neither is believed.
  const provider = await openProvider(`${desk}/api/auth/callback/oidc`, {
    bea: { email: OWNER },
    olga: { email: OWNER },
  })
  resources.defer(provider.close)
  const server = await startServer({
    name: 'provider-server',
    database,
    demo: true,
    env: {
      ...{ PORT: port, APP_URL: desk, LOG_LEVEL: 'info' },
      ...{ OIDC_NAME: NAME, OIDC_ISSUER: provider.issuer },
      ...{ OIDC_CLIENT_ID: 'desk', OIDC_CLIENT_SECRET: provider.clientSecret },
    },
  })
  resources.defer(() => server.stop())
  const db = openDatabase(database.url, { connections: 1 })
  resources.defer(() => db.close())
  return { desk, provider, server, db }
}

test('people accept, sign in, link and confirm through a provider, and nothing it says of e-mail counts', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  await using resources = new AsyncDisposableStack()
  const { desk, provider, server, db } = await open(resources)
  const browserAt = async () => {
    const context = await browser.newContext({ baseURL: desk })
    resources.defer(() => context.close())
    return context.newPage()
  }

  // The owner invites somebody.
  const owners = await browserAt()
  await signIn(owners, OWNER, DEMO_PASSWORD)
  // What somebody's link says of the provider goes out of the address.
  await owners.goto('/o/alder/members?provider=confirmed')
  await expect(owners).toHaveURL('/o/alder/members')
  await press(owners, 'Invite member')
  const form = dialog(owners, 'Invite member')
  await form.getByRole('textbox', { name: 'Email' }).fill(BEA)
  await form.getByRole('button', { name: 'Invite' }).click()
  const link = await dialog(owners, 'Invitation link').getByRole('textbox', { name: 'Link' }).inputValue()

  // A login that nobody linked is told what to do, though its e-mail address is the owner's.
  const page = await browserAt()
  await page.goto('/sign-in?next=/account')
  await press(page, NAME)
  await atProvider(page, 'bea')
  await expect(refusal(page)).toContainText(`Nobody here signs in with this ${NAME} login. Ask for an invitation`)
  await expect(page).toHaveURL('/sign-in?next=%2Faccount&provider=unknown')

  // The invited person accepts by it, after having changed their mind once.
  await page.context().clearCookies()
  await page.goto(link)
  await press(page, `Continue with ${NAME}`)
  await press(page, 'Cancel')
  await expect(refusal(page)).toHaveText(`You came back from ${NAME} without signing in there.`)
  await press(page, `Continue with ${NAME}`)
  // Nor does a link to where the provider leads back end what is under way.
  const other = await page.context().newPage()
  await other.goto('/api/auth/callback/oidc?state=x')
  await expect(other).toHaveURL('/sign-in?provider=expired')
  await other.close()
  await atProvider(page, 'bea')
  await expect(page).toHaveURL('/o/alder/tokens')

  // Out, and in again by the button; the provider remembers them and asks nothing.
  await page.context().clearCookies({ domain: 'localhost' })
  await page.goto('/account?tab=security')
  await press(page, NAME)
  await expect(page).toHaveURL('/account?tab=security')
  await expect(page.getByText(`One ${NAME} login is linked since`)).toContainText('the only way in: set a password')
  await expect(page.getByText('This account has no password')).toBeVisible()
  await page.getByRole('tab', { name: 'Profile' }).click()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('bea of Example')
  await expect(page.getByText(BEA).first()).toBeVisible()

  // Whose login is gone, as with another provider, is told what to do while still signed in.
  await db.delete(logins)
  await page.getByRole('tab', { name: 'Security' }).click()
  await expect(page.getByText('Nobody can sign in to this account once you are signed out')).toBeVisible()

  // An account with a password links from a confirmed session.
  await letConfirmationLapse(db, OWNER)
  await owners.goto('/account?tab=security')
  await press(owners, `Link ${NAME}`)
  const asked = dialog(owners, `Link ${NAME}`)
  await asked.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD)
  await asked.getByRole('button', { name: 'Confirm', exact: true }).click()
  await atProvider(owners, 'olga')
  await expect(toast(owners, `${NAME} is linked`)).toBeVisible()
  await expect(owners).toHaveURL('/account?tab=security')
  await owners.getByLabel('Current password').fill(DEMO_PASSWORD)
  await owners.getByLabel('New password').fill(DEMO_PASSWORD)
  await press(owners, 'Change password')
  await expect(toast(owners, `Your ${NAME} login stays linked: unlink it if it is not yours.`)).toBeVisible()

  // And confirms by it: an old sign-in there does not do, a new one does.
  await letConfirmationLapse(db, OWNER)
  await openDesk(owners, '/o/alder/tokens')
  const rotate = async () => {
    await choose(owners, 'Metering gateway', 'Rotate')
    await dialog(owners, /^Rotate/)
      .getByRole('button', { name: 'Rotate' })
      .click()
  }
  const confirmAt = async (ago: number) => {
    provider.claimsToHaveAskedAgo(ago)
    await press(owners, `Confirm with ${NAME}`)
    await expect(owners.getByRole('heading', { name: NAME })).toBeVisible()
    const back = alive(owners)
    await atProvider(owners, 'olga')
    await back
  }
  await rotate()
  await confirmAt(60)
  await expect(toast(owners, `${NAME} did not ask you to sign in again, so nothing was done.`)).toBeVisible()
  await rotate()
  await confirmAt(0)
  await expect(toast(owners, `Confirmed with ${NAME}. Begin again what you were about to do.`)).toBeVisible()
  await expect(owners).toHaveURL('/o/alder/tokens')
  await rotate()
  await expect(toast(owners, 'Token successfully rotated')).toBeVisible()

  // Signs in by what was linked, unlinks it, and then does not any more.
  await owners.context().clearCookies({ domain: 'localhost' })
  await owners.goto('/sign-in?next=%2Faccount%3Ftab%3Dsecurity')
  await press(owners, NAME)
  await letConfirmationLapse(db, OWNER)
  await press(owners, `Unlink ${NAME}`)
  await dialog(owners, `Unlink ${NAME}`).getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD)
  await dialog(owners, `Unlink ${NAME}`).getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(owners.getByRole('button', { name: `Link ${NAME}` })).toBeVisible()
  await owners.context().clearCookies({ domain: 'localhost' })
  await owners.goto('/sign-in')
  await press(owners, NAME)
  await expect(refusal(owners)).toContainText('Nobody here signs in with')

  // A callback that nobody began, and a provider that is gone.
  await owners.goto('/api/auth/callback/oidc?code=x&state=y')
  await expect(refusal(owners)).toContainText('That took too long, or was begun in another tab or browser.')
  provider.breakDown()
  await press(owners, NAME)
  await expect(refusal(owners)).toHaveText(`${NAME} can't be reached right now. Try again in a moment.`)
  expect(server.output()).toContain(`"issuer":"${new URL(provider.issuer).host}"`)
  expect(server.output()).not.toMatch(/"level":"error"/)
})
