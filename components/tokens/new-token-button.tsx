'use client'

import { Plus } from 'lucide-react'
import { NEW_TOKEN_ID } from '#components/tokens/focus-after-dialog'
import { useTokenCommands } from '#components/tokens/token-dialogs'
import { Button } from '#components/ui/button'

/** Opens "New token". */
export function NewTokenButton() {
  const { create } = useTokenCommands()
  return (
    <Button id={NEW_TOKEN_ID} variant="primary" onClick={(event) => create(event.currentTarget)}>
      <Plus aria-hidden />
      New token
    </Button>
  )
}
