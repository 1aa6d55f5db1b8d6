'use client'

import { Building2, CirclePause, CirclePlay, Ellipsis, FolderOpen, Pencil } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useCustomerCommands } from '#components/organizations/customer-dialogs'
import { Button } from '#components/ui/button'
import { toastFailure } from '#components/ui/failure'
import { Menu, type MenuParts } from '#components/ui/menu'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import { useMenuFocus } from '#components/ui/use-menu-focus'
import type { CustomerActionName, CustomerView } from '#lib/organizations/view'

const ITEMS = {
  edit: { label: 'Edit customer', Icon: Pencil },
  resume: { label: 'Resume', Icon: CirclePlay },
  suspend: { label: 'Suspend', Icon: CirclePause },
  close: { label: 'Close', Icon: Building2 },
} satisfies Record<CustomerActionName, object>

/** The menu "Actions for <name>": Open, and what applies to it; Suspend and Close after a line. */
export function CustomerMenu({ customer }: { customer: CustomerView }) {
  const { ask, resumeCustomer } = useCustomerCommands()
  const resume = useAction(resumeCustomer)
  const router = useRouter()
  const { trigger, leave, onCloseAutoFocus } = useMenuFocus()

  const choose = async (name: CustomerActionName) => {
    if (name !== 'resume') {
      leave()
      return ask({ kind: name, customer }, trigger.current)
    }
    const result = await resume.run({ organizationId: customer.id })
    if (!result.ok) return toastFailure(result)
    toastDone(
      <>
        <bdi>{customer.name}</bdi> is resumed
      </>,
    )
  }
  const item = ({ DropdownMenuItem }: Pick<MenuParts, 'DropdownMenuItem'>, name: CustomerActionName) => {
    const { label, Icon } = ITEMS[name]
    return (
      customer.actions.includes(name) && (
        <DropdownMenuItem onSelect={() => void choose(name)}>
          <Icon aria-hidden />
          {label}
        </DropdownMenuItem>
      )
    )
  }

  return (
    <Menu
      button={
        <Button ref={trigger} variant="quiet" size="icon" aria-label={`Actions for ${customer.name}`}>
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      {({ DropdownMenuContent, DropdownMenuItem, DropdownMenuSeparator }) => (
        <DropdownMenuContent onCloseAutoFocus={onCloseAutoFocus}>
          <DropdownMenuItem onSelect={() => router.push(`/o/${customer.slug}/tokens`)}>
            <FolderOpen aria-hidden />
            Open
          </DropdownMenuItem>
          {item({ DropdownMenuItem }, 'edit')}
          {item({ DropdownMenuItem }, 'resume')}
          {customer.actions.length > 0 && <DropdownMenuSeparator />}
          {item({ DropdownMenuItem }, 'suspend')}
          {item({ DropdownMenuItem }, 'close')}
        </DropdownMenuContent>
      )}
    </Menu>
  )
}
