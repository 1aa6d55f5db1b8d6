'use client'

import type { ReactNode } from 'react'
import type { ListWindowProps } from '#components/lists/use-list-dialog'
import { DialogFrame } from '#components/tokens/dialog-frame'

/** The frame around a list's dialogs. */
export function ListWindow({
  open,
  opening,
  close,
  closed,
  children,
}: Pick<ListWindowProps<unknown>, 'open' | 'opening' | 'close' | 'closed'> & { children: ReactNode }) {
  return (
    <DialogFrame open={open} width="default" onClose={close} closed={closed}>
      <div key={opening} className="contents">
        {children}
      </div>
    </DialogFrame>
  )
}
