import type { Page } from '@playwright/test'
import { statusOfMe, verify } from './support/api'
import { cell, choose, clipboard, dialog, enter, fact, offered, openDesk, row, show, toast } from './support/desk'
import { PASSWORD } from './support/organization'
import { letConfirmationLapse } from './support/sessions'
import { expect, test } from './support/test'
import { daysAgo, makeRevealedToken, makeRotation, openSecret, setMinting, setRetirement } from './support/tokens'

const rotateDialog = (page: Page) => dialog(page, 'Rotate Metering?')
const rotateButton = (page: Page) => rotateDialog(page).getByRole('button', { name: 'Rotate' })

/** Rotates Metering by the menu, with that overlap, and stands where the new secret is handed over. */
async function rotate(page: Page, overlap: string) {
  await choose(page, 'Metering', 'Rotate')
  await rotateDialog(page).getByRole('radio', { name: overlap }).click()
  await rotateButton(page).click()
  await expect(toast(page, 'Token successfully rotated')).toBeVisible()
  return dialog(page, 'Metering is rotated')
}

for (const width of [1280, 375])
  test.describe(`at ${width}`, () => {
    test.use({ viewport: { width, height: 812 } })

    test('the old secret works through the overlap, and is refused as soon as it is over', async ({ page, elm }) => {
      const { id, secret: old } = await makeRevealedToken(elm, 'Metering')
      const { secret: verifier } = await makeRevealedToken(elm, 'Gateway', { scopes: ['tokens:verify'] })
      await enter(page, elm)
      expect(await offered(page, 'Metering')).toEqual(['Edit', 'Rotate', 'Revoke'])
      await choose(page, 'Metering', 'Rotate')
      const overlap = rotateDialog(page).getByRole('radiogroup', { name: 'Overlap' })
      await expect(overlap.getByRole('radio')).toHaveText(['Now', '1 hour', '24 hours', '7 days'])
      await expect(overlap.getByRole('radio', { name: '24 hours' })).toBeChecked()
      await expect(rotateDialog(page)).toContainText('never used')
      await rotateButton(page).click()
      await expect(toast(page, 'Token successfully rotated')).toBeVisible()

      const generated = dialog(page, 'Metering is rotated')
      await expect(generated).toContainText(`the old secret …${old.slice(-4)} works for 24 hours more`)
      expect(await statusOfMe(old)).toBe(200)
      const fresh = await show(generated)
      expect(fresh).not.toBe(old)
      await expect(generated).toContainText(`The old secret …${old.slice(-4)} works until`)
      await generated.getByRole('button', { name: 'Copy' }).click()
      await generated.getByRole('button', { name: 'Done' }).click()
      expect(await statusOfMe(fresh)).toBe(200)
      expect(await statusOfMe(old)).toBe(200)
      await expect(row(page, 'Metering')).toContainText('Rotating')
      await expect(row(page, 'Metering')).toContainText(`ends in ${fresh.slice(-4)}`)

      await setRetirement(elm, id, new Date())
      await expect.poll(() => verify(verifier, old)).toEqual({ active: false, reason: 'secret_retired' })
      expect(await verify(verifier, fresh)).toMatchObject({ active: true, tokenId: id })
      expect(await statusOfMe(old)).toBe(401)
      await openDesk(page, `/o/${elm.slug}/tokens/${id}`)
      await expect(page.getByText('Rotating')).toHaveCount(0)
    })
  })

test('with the overlap Now the old secret ends with the reveal, and not before', async ({ page, elm }) => {
  const { secret: old } = await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  const generated = await rotate(page, 'Now')
  await expect(generated).toContainText('ends at once')
  expect(await statusOfMe(old)).toBe(200)
  const fresh = await show(generated)
  await expect(generated).toContainText('The old secret has ended.')
  await expect.poll(() => statusOfMe(old)).toBe(401)
  expect(await statusOfMe(fresh)).toBe(200)
})

test('closed unopened the old secret stays in force, and the list reveals or copies the new one later', async ({
  page,
  elm,
}) => {
  const { secret: old } = await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  const generated = await rotate(page, '1 hour')
  await generated.getByRole('button', { name: 'Done' }).click()
  await expect(toast(page, 'Not revealed yet: reveal it from the list')).toContainText(
    'The old secret works until then',
  )
  await expect(await cell(page, 'Metering', 'Status')).toHaveText('ActiveRotating')
  await expect(row(page, 'Metering')).toContainText(`ends in ${old.slice(-4)}`)
  expect(await offered(page, 'Metering')).toEqual(['Reveal', 'Copy', 'Edit', 'Rotate', 'Revoke'])

  await test.step('rotating again changes the overlap alone, beginning at the present one', async () => {
    await choose(page, 'Metering', 'Rotate')
    await expect(rotateDialog(page)).toContainText('A rotation waits already')
    await expect(rotateDialog(page).getByRole('radio', { name: '1 hour' })).toBeChecked()
    await rotateDialog(page).getByRole('radio', { name: '7 days' }).click()
    await rotateButton(page).click()
    await expect(generated).toContainText('works for 7 days more')
    await generated.getByRole('button', { name: 'Done' }).click()
  })

  await test.step('Copy mints the new secret', async () => {
    await choose(page, 'Metering', 'Copy')
    await expect(dialog(page, 'Copy Metering?')).toContainText('the old one works for 7 days more')
    await dialog(page, 'Copy Metering?').getByRole('button', { name: 'Copy' }).click()
    await expect(toast(page, 'Token copied')).toBeVisible()
    const fresh = await clipboard(page)
    expect(fresh).not.toBe(old)
    expect(await statusOfMe(fresh)).toBe(200)
    expect(await statusOfMe(old)).toBe(200)
  })
})

test('who confirmed themselves too long ago is asked for the password in place, and it goes on by itself', async ({
  page,
  elm,
}) => {
  await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  await letConfirmationLapse(elm.db, elm.admin)
  await choose(page, 'Metering', 'Rotate')
  await rotateDialog(page).getByRole('radio', { name: '1 hour' }).click()
  await rotateButton(page).click()

  await expect(rotateDialog(page).getByRole('heading', { name: "Confirm it's you" })).toBeVisible()
  const password = rotateDialog(page).getByRole('textbox', { name: 'Password' })
  await expect(password).toBeFocused()
  await expect(password).toHaveAttribute('autocomplete', 'current-password')
  await password.fill('not this one at all')
  await page.keyboard.press('Enter')
  await expect(password).toHaveAccessibleDescription('This is not your password.')
  await expect(password).toBeFocused()
  await expect(password).toHaveValue('')

  await password.fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(toast(page, 'Token successfully rotated')).toBeVisible()
  await expect(dialog(page, 'Metering is rotated')).toContainText('works for 1 hour more')
})

test('an admin from above rotates and cannot reveal', async ({ elm, browserOf }) => {
  const { secret: old } = await makeRevealedToken(elm, 'Metering')
  const page = await browserOf('reseller@demo.example', 'tokenry-demo')
  await openDesk(page, `/o/${elm.slug}/tokens`)
  const generated = await rotate(page, 'Now')
  await expect(generated).toContainText('The old secret works until the new one is revealed.')
  await expect(generated).toContainText(
    `Only members of ${elm.name} can reveal it. From then on the old secret ends at once.`,
  )
  await expect(generated.getByRole('button', { name: /^(Show|Copy|Download)$/ })).toHaveCount(0)
  await generated.getByRole('button', { name: 'Done' }).click()
  await expect.poll(() => offered(page, 'Metering')).toEqual(['Edit', 'Rotate', 'Revoke'])
  expect(await statusOfMe(old)).toBe(200)
})

test('an older secret that still works is named before the reveal ends it', async ({ page, elm }) => {
  const { id, secret: first } = await makeRevealedToken(elm, 'Metering')
  await makeRotation(elm, id, 604_800)
  const second = await openSecret(elm, id)
  await enter(page, elm)
  await choose(page, 'Metering', 'Rotate')
  await expect(rotateDialog(page)).toContainText(`…${first.slice(-4)}, works until`)
  await expect(rotateDialog(page)).toContainText('It ends at that reveal.')
  await rotateButton(page).click()
  await show(dialog(page, 'Metering is rotated'))
  await expect.poll(() => statusOfMe(first)).toBe(401)
  expect(await statusOfMe(second)).toBe(200)
})

test('a page that stands open tells by its own clock that the old secret has ended', async ({ page, elm }) => {
  const { id, secret: old } = await makeRevealedToken(elm, 'Metering')
  await makeRotation(elm, id, 3_600)
  await openSecret(elm, id)
  await setRetirement(elm, id, new Date(Date.now() + 8000))
  await enter(page, elm)
  await openDesk(page, `/o/${elm.slug}/tokens/${id}`)
  await expect(fact(page, 'Rotation')).toContainText(`…${old.slice(-4)} works until`)
  await page.route('**/tokens/changes', (route) => route.abort())
  await expect(page.getByRole('term').filter({ hasText: 'Rotation' })).toHaveCount(0, { timeout: 20_000 })
})

test('the age of a secret is in the strip by pointer, key and finger, and past a year in amber', async ({
  browser,
  elm,
}) => {
  const young = await makeRevealedToken(elm, 'Metering')
  await setMinting(elm, young.id, daysAgo(100))
  const old = await makeRevealedToken(elm, 'Old one')
  await setMinting(elm, old.id, daysAgo(430))
  const context = await browser.newContext({ hasTouch: true })
  const page = await context.newPage()
  await enter(page, elm)
  const strip = row(page, 'Metering').getByRole('button', { name: 'Token id' })
  const tip = page.getByRole('tooltip')

  await strip.hover()
  await expect(tip).toContainText('Secret from 3 months ago')
  await page.mouse.move(0, 0)
  await expect(tip).toHaveCount(0)
  await row(page, 'Metering').getByRole('link', { name: 'Metering' }).focus()
  await page.keyboard.press('Tab')
  await expect(strip).toBeFocused()
  await expect(strip).toHaveAccessibleDescription(/Secret from 3 months ago/)
  await page.keyboard.press('Escape')
  await expect(tip).toHaveCount(0)
  await page.getByRole('heading', { level: 1 }).focus()
  await strip.tap()
  await expect(tip).toContainText('Secret from 3 months ago')
  await page.getByRole('heading', { level: 1 }).tap()
  await expect(tip).toHaveCount(0)

  await expect(row(page, 'Metering')).not.toContainText('over a year old')
  await expect(row(page, 'Old one')).toContainText('over a year old')
  await openDesk(page, `/o/${elm.slug}/tokens/${old.id}`)
  await expect(page.getByText('Its secret is from 14 months ago. Rotate it')).toBeVisible()
  await context.close()
})
