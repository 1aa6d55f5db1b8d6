'use client'

import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFormFoot,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog'
import { Notice } from '#components/ui/notice'
import { TextLink } from '#components/ui/text-link'
import type { PolicyEffect } from '#lib/policies/view'

/** Asks before tighter policies are saved, where that comes to something for tokens that exist. */
export function PolicyDialog({
  verb,
  effect: { over, first, sealed },
  pending,
  confirm,
  close,
}: {
  verb: string
  effect: PolicyEffect
  pending: boolean
  confirm: () => void
  close: () => void
}) {
  const more = over - first.length
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{verb}?</DialogTitle>
          <DialogDescription>What changes for tokens that exist.</DialogDescription>
        </DialogHeader>
        <DialogBody>
          {sealed > 0 && (
            <Notice>
              {sealed === 1 ? '1 secret' : `${sealed} secrets`} that Tokenry holds sealed {sealed === 1 ? 'is' : 'are'}{' '}
              destroyed. {sealed === 1 ? 'It works on' : 'They work on'}, and nobody can see{' '}
              {sealed === 1 ? 'it' : 'them'} again.
            </Notice>
          )}
          {over > 0 && (
            <section>
              <p className="text-soft">
                <strong className="text-text">{over === 1 ? '1 token' : `${over} tokens`}</strong>{' '}
                {over === 1 ? 'lives' : 'live'} longer than that. {over === 1 ? 'It keeps' : 'They keep'} working, and{' '}
                {over === 1 ? 'comes' : 'come'} under the policy when next edited.
              </p>
              <ul aria-label="Tokens that live longer" className="mt-2 divide-y">
                {first.map(({ id, name, organization }) => (
                  <li key={id} className="flex flex-wrap justify-between gap-x-4 py-1.5 [overflow-wrap:anywhere]">
                    <TextLink href={`/o/${organization.slug}/tokens/${id}`}>
                      <bdi>{name}</bdi>
                    </TextLink>
                    <bdi className="text-muted">{organization.name}</bdi>
                  </li>
                ))}
                {more > 0 && <li className="py-1.5 text-muted">and {more} more</li>}
              </ul>
            </section>
          )}
        </DialogBody>
        <DialogFormFoot verb={verb} variant={sealed > 0 ? 'danger' : 'primary'} pending={pending} onPress={confirm} />
      </DialogContent>
    </Dialog>
  )
}
