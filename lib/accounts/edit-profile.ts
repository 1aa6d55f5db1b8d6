import type { z } from 'zod'
import { holdUser, updateUser } from '#db/queries/users'
import { signedOut } from '#lib/accounts/confirm'
import { recordOwn } from '#lib/accounts/record'
import type { EditProfileInput } from '#lib/accounts/schema'
import type { Context } from '#lib/context'

/** Changes the name that others see of oneself; the same name again changes nothing and is no event. */
export async function editProfile(
  { db, actor, clock }: Context,
  { name }: z.output<typeof EditProfileInput>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const user = await holdUser(tx, actor.userId)
    if (user === null) throw signedOut()
    if (user.name === name) return
    await updateUser(tx, user.id, { name })
    const changes = [{ field: 'Name', from: user.name, to: name }]
    await recordOwn(tx, actor, { at: clock(), action: 'user.edited', details: { changes } })
  })
}
