import { expect, type Page } from '@playwright/test'
import { dialog } from './desk'

/** Waits until a page's script has taken over. */
export const untilAlive = (page: Page, selector: string) =>
  page.waitForFunction(
    (css) => Object.keys(document.querySelector(css) ?? {}).some((key) => key.startsWith('__react')),
    selector,
  )

/** Opens Members of an organization, where its invitations stand. */
export async function openInvitations(page: Page, { slug }: { readonly slug: string }): Promise<void> {
  await page.goto(`/o/${slug}/members`)
  await untilAlive(page, 'main button')
}

/** Invites by the dialog, and gives the link that is to be handed over. */
export async function invite(page: Page, email: string, role: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite member' }).click()
  const form = dialog(page, 'Invite member')
  await form.getByRole('textbox', { name: 'Email' }).fill(email)
  await form.getByRole('radio', { name: role }).click()
  await form.getByRole('button', { name: 'Invite' }).click()
  const given = dialog(page, 'Invitation link')
  await expect(given.getByText('Whoever has this link can accept.')).toBeVisible()
  const link = await given.getByRole('textbox', { name: 'Link' }).inputValue()
  await given.getByRole('button', { name: 'Done' }).click()
  await expect(given).toHaveCount(0)
  return link
}
