'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import {
  DialogBody,
  DialogClose,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'

/** What a dialog shows where there is no mail server: the one link of an invitation, to be handed over. */
export function InvitationLink({ email, link }: { email: string; link: string }) {
  const [url] = useState(() => `${window.location.origin}/invite#${link}`)
  return (
    <>
      <DialogHeader>
        <DialogTitle>Invitation link</DialogTitle>
        <DialogDescription>
          This Tokenry sends no mail: hand the link to <bdi>{email}</bdi> yourself. It works once, within 72 hours.
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <Field label="Link">
          <div className="relative">
            <Input
              readOnly
              autoFocus
              value={url}
              aria-label="Link"
              className="pr-11 font-mono text-mono"
              onFocus={(event) => event.target.select()}
            />
            <CopyButton
              text={url}
              label="Copy the link"
              className="absolute top-1/2 right-1 -translate-y-1/2 touch:right-0"
            />
          </div>
        </Field>
        <Notice>Whoever has this link can accept. It is shown this once; Resend makes another.</Notice>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogFooter>
    </>
  )
}
