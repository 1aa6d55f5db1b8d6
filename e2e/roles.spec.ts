import { findLineageBySlug } from '#db/queries/organizations'
import { listTokensByName } from '#db/queries/token-list'
import { recordAction, replay } from './support/action-request'
import {
  choose,
  dialog,
  enter,
  fact,
  generate,
  menuButton,
  offered,
  openDesk,
  openTokens,
  row,
  toast,
} from './support/desk'
import { endSessions } from './support/sessions'
import { expect, test } from './support/test'
import { makeRevealedToken, makeRevokedToken } from './support/tokens'

test('a viewer sees every token masked and is offered nothing', async ({ page, elm }) => {
  const { id, secret } = await makeRevealedToken(elm, 'Metering')
  await makeRevokedToken(elm, 'Old one')
  await enter(page, elm, 'viewer')
  await expect(row(page, 'Metering')).toContainText(`ends in ${secret.slice(-4)}`)
  await expect(row(page, 'Old one')).toContainText('Revoked')
  await expect(page.getByRole('button', { name: /^(New token|Actions for|Reveal|Delete|Revoke)/ })).toHaveCount(0)

  await openDesk(page, `/o/${elm.slug}/tokens/${id}`)
  await expect(fact(page, 'Scopes')).toContainText('data:read')
  await expect(page.getByRole('main').getByRole('button', { name: /^(Actions for|Reveal|Edit|Revoke)/ })).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Audit trail' })).toHaveCount(0)
})

test('a member may reveal and copy, and change nothing', async ({ page, elm }) => {
  await makeRevokedToken(elm, 'Old one')
  await enter(page, elm, 'member')
  expect(await offered(page, 'Default')).toEqual(['Reveal', 'Copy'])
  await expect(menuButton(page, 'Old one')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'New token' })).toHaveCount(0)
})

test("an admin's request posted by hand is refused to a viewer and to nobody, and works for the admin", async ({
  page,
  elm,
  browserOf,
  request,
}) => {
  await enter(page, elm)
  const viewer = await browserOf(elm.viewer)
  await openTokens(viewer, elm.slug)

  await choose(page, 'Default', 'Revoke')
  const asking = dialog(page, 'Revoke Default?')
  const revoke = await recordAction(page, () => asking.getByRole('button', { name: 'Revoke' }).click())
  expect(revoke.body).toContain('tokenId')

  expect(await replay(revoke, viewer.request)).toContain('"code":"forbidden"')
  expect(await replay(revoke, request)).toContain('"code":"unauthenticated"')
  await viewer.reload()
  await expect(row(viewer, 'Default')).toContainText('Active')

  const elsewhere = await browserOf(elm.admin)
  expect(await replay(revoke, elsewhere.request)).toContain('"deleted":false')
  await expect(row(viewer, 'Default')).toContainText('Revoked')
})

test('a request of a session that was ended on the server is refused, and its page leads to the sign-in', async ({
  page,
  elm,
}) => {
  await enter(page, elm)
  await choose(page, 'Default', 'Revoke')
  const asking = dialog(page, 'Revoke Default?')
  const pressRevoke = () => asking.getByRole('button', { name: 'Revoke' }).click()
  const revoke = await recordAction(page, pressRevoke)

  await endSessions(elm.db, elm.admin)
  expect(await replay(revoke, page.request)).toContain('"code":"unauthenticated"')
  await pressRevoke()
  await expect(asking.getByRole('alert')).toContainText('You are signed out.')
  await expect(asking.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('whoever is signed out meanwhile is told so once, keeps what they typed, and is asked no further', async ({
  page,
  elm,
}) => {
  await enter(page, elm)
  await page.getByRole('button', { name: 'New token' }).click()
  const name = dialog(page, 'New token').getByLabel('Name')
  await name.fill('Metering')
  await endSessions(elm.db, elm.admin)
  const told = toast(page, 'You are signed out. Sign in again.')
  await expect(told).toHaveCount(1)
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/changes')) asked += 1
  })
  const popup = page.waitForEvent('popup')
  await told.getByRole('button', { name: 'Sign in' }).click()
  await expect(await popup).toHaveURL(`/sign-in?next=${encodeURIComponent(`/o/${elm.slug}/tokens`)}`)
  await expect(name).toHaveValue('Metering')
  await page.waitForTimeout(2500)
  expect(asked).toBe(0)
})

test('an admin from above makes a token and reads who can reveal it', async ({ elm, browserOf }) => {
  const page = await browserOf('reseller@demo.example', 'tokenry-demo')
  await openTokens(page, elm.slug)
  expect(await offered(page, 'Default')).toEqual(['Edit', 'Revoke'])
  const generated = await generate(page, 'Made from above')
  await expect(generated).toContainText(`Only members of ${elm.name} can reveal it`)
  await expect(generated.getByRole('button', { name: /Show|Copy|Download/ })).toHaveCount(0)
  await expect(generated.getByRole('textbox')).toHaveCount(0)
  await generated.getByRole('button', { name: 'Done' }).click()
  await expect(generated).toHaveCount(0)
  await expect(row(page, 'Made from above')).toContainText('not revealed yet')
})

test("a member's request to reveal is refused to an admin from above", async ({ page, elm, browserOf }) => {
  await enter(page, elm, 'member')
  const reseller = await browserOf('reseller@demo.example', 'tokenry-demo')
  await choose(page, 'Default', 'Reveal')
  const show = dialog(page, 'Reveal Default').getByRole('button', { name: 'Show' })
  const reveal = await recordAction(page, () => show.click())
  const answer = await replay(reveal, reseller.request)
  expect(answer).toContain('"code":"forbidden"')
  expect(answer).not.toMatch(/tok_org_[0-9A-Za-z]{16}_[0-9A-Za-z]{43}/)
})

test('what belongs to another tenant does not exist, with status 404 before anything streams', async ({
  page,
  elm,
}) => {
  const alder = (await findLineageBySlug(elm.db, 'alder')).at(-1)
  const [token] = alder === undefined ? [] : await listTokensByName(elm.db, alder.id, 'default')
  if (token === undefined) throw new Error('the sample data are missing')
  await enter(page, elm)
  const paths = [
    '/o/alder/tokens',
    '/o/no-such-place/tokens',
    `/o/alder/tokens/${token.id}`,
    `/o/${elm.slug}/tokens/${token.id}`,
    `/o/${elm.slug}/tokens/0000000000000000`,
  ]
  for (const path of paths) {
    const response = await page.goto(path)
    expect(response?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
    expect(await page.content()).not.toContain('Alder')
  }
  expect((await page.request.get('/o/alder/tokens/changes')).status()).toBe(404)
})

test("another tenant's token can't be revoked by posting its id", async ({ page, elm, browserOf }) => {
  const owner = await browserOf('owner@demo.example', 'tokenry-demo')
  await openTokens(owner, 'alder')
  await choose(owner, 'Default', 'Revoke')
  const asking = dialog(owner, 'Revoke Default?')
  const revoke = await recordAction(owner, () => asking.getByRole('button', { name: 'Revoke' }).click())
  await enter(page, elm)
  expect(await replay(revoke, page.request)).toContain('"code":"not_found"')
})

test('after signing out Back shows no desk and the old cookie opens nothing', async ({ page, context, elm }) => {
  await enter(page, elm)
  const cookies = await context.cookies()
  await page.getByRole('button', { name: elm.admin }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()

  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect(page.getByText('Default')).toHaveCount(0)

  await context.addCookies(cookies)
  await page.goto(`/o/${elm.slug}/tokens`)
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await context.addCookies(cookies)
  expect((await page.request.get(`/o/${elm.slug}/tokens/changes`)).status()).toBe(401)
})
