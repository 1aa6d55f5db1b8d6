import type { Page } from '@playwright/test'
import { finishReveal } from '#lib/tokens/finish-reveal'
import { statusOfMe } from './support/api'
import {
  alive,
  choose,
  clipboard,
  dialog,
  enter,
  generate,
  openDesk,
  openTokens,
  row,
  SECRET,
  show,
  toast,
  tokenField,
} from './support/desk'
import { expect, test } from './support/test'
import { makeRotation } from './support/tokens'

/** Answers every question whether to leave the page, and notes that it was asked. */
function answerLeaving(page: Page, leave: boolean): { readonly times: number } {
  const asked = { times: 0 }
  page.on('dialog', async (question) => {
    expect(question.type()).toBe('beforeunload')
    asked.times++
    await (leave ? question.accept() : question.dismiss())
  })
  return asked
}

test('after a reload in the middle of a reveal the dialog is back and shows the same secret', async ({ desk }) => {
  const secret = await show(await generate(desk, 'Metering'))
  answerLeaving(desk, true)
  await desk.reload()
  const generated = dialog(desk, 'Token generated')
  await expect(generated).toBeVisible()
  await expect(tokenField(generated)).not.toHaveValue(secret)
  expect(await show(generated)).toBe(secret)
  expect(await statusOfMe(secret)).toBe(200)
})

test('a copied secret needs no question, and a reload still shows it until Done', async ({ desk }) => {
  const generated = await generate(desk, 'Metering')
  await generated.getByRole('button', { name: 'Copy' }).click()
  await expect(toast(desk, 'Token copied')).toBeVisible()
  const secret = await clipboard(desk)
  const asked = answerLeaving(desk, true)
  await desk.reload()
  expect(asked.times).toBe(0)
  expect(await show(generated)).toBe(secret)
  await generated.getByRole('button', { name: 'Done' }).click()
  await expect(generated).toHaveCount(0)
  await desk.reload()
  await expect(row(desk, 'Metering')).toContainText(`ends in ${secret.slice(-4)}`)
  await expect(desk.getByRole('dialog')).toHaveCount(0)
})

test('after Back in the middle of a reveal the same secret is shown again', async ({ page, elm }) => {
  await enter(page, elm)
  await row(page, 'Default').getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Default' })).toBeVisible()
  await page.getByRole('link', { name: 'Tokens' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()
  await row(page, 'Default').hover()
  await page.getByRole('button', { name: 'Reveal Default' }).click()
  const reveal = dialog(page, 'Reveal Default')
  const secret = await show(reveal)

  await page.goBack()
  await expect(page).toHaveURL(/\/tokens\/[0-9A-Za-z]{16}$/)
  await expect(reveal).toBeVisible()
  expect(await show(reveal)).toBe(secret)
})

test('after Back to a page that shows no tokens in the middle of a reveal, the way leads to the same secret', async ({
  page,
  elm,
}) => {
  await enter(page, elm)
  await page.goto('/account')
  await expect(page.getByRole('tab', { name: 'Profile' })).toBeVisible()
  await page.getByRole('link', { name: 'Tokens', exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()
  await row(page, 'Default').hover()
  await page.getByRole('button', { name: 'Reveal Default' }).click()
  const reveal = dialog(page, 'Reveal Default')
  const secret = await show(reveal)

  await page.goBack()
  await expect(page).toHaveURL(/\/tokens\/[0-9A-Za-z]{16}$/)
  await expect(reveal).toBeVisible()
  expect(await show(reveal)).toBe(secret)
})

test('a reveal that a rotation has overtaken is not taken up again: the next one has the new secret', async ({
  page,
  elm,
}) => {
  await enter(page, elm)
  const open = async () => {
    await choose(page, 'Default', 'Reveal')
    return dialog(page, 'Reveal Default')
  }
  const reveal = await open()
  await reveal.getByRole('button', { name: 'Copy' }).click()
  await expect(toast(page, 'Token copied')).toBeVisible()
  const old = await clipboard(page)
  await makeRotation(elm, old.slice(8, 24), 3600)
  await page.reload()
  await expect(row(page, 'Default')).toContainText('Rotating')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await open()
  await expect(reveal).toContainText(`the old secret …${old.slice(-4)} works for 1 hour more`)
  const fresh = await show(reveal)
  expect(fresh).not.toBe(old)
  expect(await statusOfMe(fresh)).toBe(200)
})

test('where a rotation came while the dialog stood open and its time is over, it opens anew for the new secret', async ({
  page,
  elm,
}) => {
  await enter(page, elm)
  await choose(page, 'Default', 'Reveal')
  const reveal = dialog(page, 'Reveal Default')
  await reveal.getByRole('button', { name: 'Copy' }).click()
  await expect(toast(page, 'Token copied')).toBeVisible()
  const old = await clipboard(page)
  // What changes before the first question is asked is not heard of.
  const coming = alive(page)
  await page.reload()
  await coming
  await expect(reveal).toBeVisible()
  await makeRotation(elm, old.slice(8, 24), 3600)
  await finishReveal(elm.asAdmin(), { tokenId: old.slice(8, 24) })
  await reveal.getByRole('button', { name: 'Show' }).click()
  await expect(reveal).toContainText(`the old secret …${old.slice(-4)} works for 1 hour more`)
  expect(await show(reveal)).not.toBe(old)
})

test('a second tab that comes too late is told so, and the first keeps its secret', async ({ page, context, elm }) => {
  await enter(page, elm)
  const second = await context.newPage()
  await openTokens(second, elm.slug)
  const open = async (tab: Page) => {
    await tab.bringToFront()
    await row(tab, 'Default').hover()
    await tab.getByRole('button', { name: 'Reveal Default' }).click()
    const reveal = dialog(tab, 'Reveal Default')
    await expect(reveal).toBeVisible()
    return reveal
  }
  const [late, first] = [await open(second), await open(page)]
  const secret = await show(first)

  await second.bringToFront()
  await late.getByRole('button', { name: 'Show' }).click()
  await expect(late.getByRole('alert')).toContainText('revealed already')
  await expect(tokenField(late)).not.toHaveValue(SECRET)
  await late.getByRole('button', { name: 'Done' }).click()
  await expect(late).toHaveCount(0)

  await page.bringToFront()
  await expect(tokenField(first)).toHaveValue(secret)
  await first.getByRole('button', { name: 'Copy' }).click()
  await expect(toast(page, 'Token copied')).toBeVisible()
  expect(await clipboard(page)).toBe(secret)
  expect(await statusOfMe(secret)).toBe(200)
})

test('an answer lost on the way costs nothing: pressing again gets the same secret', async ({ desk }) => {
  const generated = await generate(desk, 'Metering')
  const lost: string[] = []
  await desk.route('**/tokens', async (route) => {
    if (route.request().headers()['next-action'] === undefined || lost.length > 0) return route.fallback()
    lost.push(await (await route.fetch()).text())
    await route.abort()
  })
  await generated.getByRole('button', { name: 'Show' }).click()
  await expect(generated.getByRole('alert')).toContainText('No answer from the server')
  await expect(tokenField(generated)).not.toHaveValue(SECRET)

  const secret = await show(generated)
  expect(lost.join()).toContain(secret)
  expect(await statusOfMe(secret)).toBe(200)
})

test('a reload of a list that does not show the token leads to its page, and to the same secret', async ({
  page,
  elm,
}) => {
  await enter(page, elm)
  await openTokens(page, elm.slug, '?status=revoked')
  const secret = await show(await generate(page, 'Metering'))
  answerLeaving(page, true)
  await page.reload()
  await expect(page).toHaveURL(/\/tokens\/[0-9A-Za-z]{16}$/)
  expect(await show(dialog(page, 'Token generated'))).toBe(secret)
})

test("where the answer to a row's Copy is lost, letting go of it leads to the reveal, which has the secret", async ({
  desk,
}) => {
  let answers = 0
  await desk.route('**/tokens', async (route) => {
    if (route.request().headers()['next-action'] === undefined || answers > 0) return route.fallback()
    answers++
    await route.fetch()
    await route.abort()
  })
  await choose(desk, 'Default', 'Copy')
  const asking = dialog(desk, 'Copy Default?')
  await asking.getByRole('button', { name: 'Copy' }).click()
  await expect(asking.getByRole('alert')).toContainText('No answer from the server')
  await asking.getByRole('button', { name: 'Cancel' }).click()
  expect(await statusOfMe(await show(dialog(desk, 'Reveal Default')))).toBe(200)
})

test('leaving with a secret that was not copied asks first', async ({ desk }) => {
  const generated = await generate(desk, 'Metering')
  const secret = await show(generated)
  const asked = answerLeaving(desk, false)
  await desk.close({ runBeforeUnload: true })
  await expect.poll(() => asked.times).toBe(1)
  await expect(tokenField(generated)).toHaveValue(secret)

  await generated.getByRole('button', { name: 'Copy' }).click()
  await expect(toast(desk, 'Token copied')).toBeVisible()
  await openDesk(desk, new URL(desk.url()).pathname)
  expect(asked.times).toBe(1)
})
