'use client'

import type { ComponentProps } from 'react'
import { DialogFrame } from '#components/tokens/dialog-frame'
import { TokenDialog, type TokenDialogState } from '#components/tokens/token-dialog'

/** The window of all token dialogs with what it shows. `opening` tells one opening from the next: each begins anew. */
export function TokenWindow({
  open,
  opening,
  closed,
  ...contents
}: ComponentProps<typeof TokenDialog> & { open: boolean; opening: number; closed: () => void }) {
  return (
    <DialogFrame open={open} width={widthOf(contents.state)} onClose={contents.close} closed={closed}>
      <TokenDialog key={opening} {...contents} />
    </DialogFrame>
  )
}

const widthOf = ({ kind }: TokenDialogState) => (kind === 'generated' || kind === 'copy' ? 'narrow' : 'default')
