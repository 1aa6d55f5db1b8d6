import { redirect } from 'next/navigation'
import { PlainPage } from '#components/shell/plain-page'
import { SignOutButton } from '#components/shell/sign-out-button'
import { findPlatformName } from '#lib/accounts/platform'
import { requireActor } from '#lib/actor'
import { signOut } from './(desk)/actions'

/** The way in: to the organization last used, else the first one; without any, whom to ask. */
export default async function Home() {
  const { organizations, person } = await requireActor()
  const home = organizations.find(({ id }) => id === person.lastOrganizationId) ?? organizations[0]
  if (home !== undefined) redirect(`/o/${home.slug}/tokens`)
  return (
    <PlainPage
      heading="No organization yet"
      text={`${person.email} is not a member of any organization. Ask an admin of yours for an invitation, or whoever runs ${await findPlatformName()}.`}
      action={<SignOutButton signOut={signOut} />}
    />
  )
}
