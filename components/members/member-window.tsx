'use client'

import { ListWindow } from '#components/lists/list-window'
import type { ListWindowProps } from '#components/lists/use-list-dialog'
import { EditMemberDialog } from '#components/members/edit-member-dialog'
import type { MemberActions } from '#components/members/member-actions'
import { RemoveMemberDialog } from '#components/members/remove-member-dialog'
import { RevokePersonalDialog } from '#components/members/revoke-personal-dialog'
import type { MemberPage, MemberView } from '#lib/members/view'

export type MemberDialogState = { readonly kind: 'edit' | 'remove' | 'revoke'; readonly member: MemberView }

/** The window of the dialogs on members. */
export function MemberWindow({
  state: { kind, member },
  organization,
  devicesUrl,
  scopes,
  actions,
  gone,
  ...frame
}: ListWindowProps<MemberDialogState> & {
  organization: { readonly id: string; readonly name: string }
  devicesUrl: string | null
  scopes: MemberPage['scopes']
  actions: MemberActions
}) {
  const common = { member, organization, actions, close: frame.close }
  return (
    <ListWindow {...frame}>
      {kind === 'edit' && <EditMemberDialog {...common} devicesUrl={devicesUrl} scopes={scopes} />}
      {kind === 'revoke' && <RevokePersonalDialog {...common} />}
      {kind === 'remove' && <RemoveMemberDialog {...common} gone={gone} />}
    </ListWindow>
  )
}
