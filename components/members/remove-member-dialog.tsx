'use client'

import { UserMinus } from 'lucide-react'
import type { MemberActions } from '#components/members/member-actions'
import { Instant } from '#components/time/instant'
import { DialogBody, DialogDescription, DialogFormFoot, DialogHeader, DialogTitle } from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { MemberView } from '#lib/members/view'

/** Asks before somebody is no member any more; `gone` tells that they are not. */
export function RemoveMemberDialog({
  member,
  organization,
  actions,
  close,
  gone,
}: {
  member: MemberView
  organization: { readonly id: string; readonly name: string }
  actions: Pick<MemberActions, 'removeMember'>
  close: () => void
  gone: () => void
}) {
  const { run, pending, failure } = useAction(actions.removeMember)

  const submit = async () => {
    const result = await run({ organizationId: organization.id, userId: member.id })
    if (!result.ok) return
    if (result.data.self) return window.location.assign('/')
    toastDone(
      <>
        <bdi>{member.name}</bdi> is removed
      </>,
    )
    gone()
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          Remove <bdi>{member.name}</bdi>?
        </DialogTitle>
        <DialogDescription>
          {member.lastSeenAt === null ? (
            'They are not signed in now.'
          ) : (
            <>
              They were last seen <Instant at={member.lastSeenAt} inSentence />.
            </>
          )}
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <section>
          <h3 className="text-label">What stops</h3>
          <p className="mt-1.5 text-soft">
            At once <bdi>{organization.name}</bdi> does not exist for them any more, and their personal tokens are
            refused there.
          </p>
        </section>
        <p className="text-soft">Their account and what they made stay. They come back only by a new invitation.</p>
        <FailureNotice failure={failure} />
      </DialogBody>
      <DialogFormFoot
        variant="danger"
        verb="Remove"
        icon={<UserMinus aria-hidden />}
        pending={pending}
        onPress={() => void submit()}
      />
    </>
  )
}
