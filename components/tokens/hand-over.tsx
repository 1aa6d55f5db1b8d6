'use client'

import { Check, Copy, Download, Eye, EyeOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { UntilExact } from '#components/time/deadline'
import { oldSecretThen } from '#components/tokens/overlap'
import { SecretField } from '#components/tokens/secret-field'
import { Tail } from '#components/tokens/tail'
import type { Reveal } from '#components/tokens/use-reveal'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { Notice } from '#components/ui/notice'
import type { TokenView } from '#lib/tokens/view'

const COPIED_MS = 3000

/** The field Token with Copy, Show and Download, and what there is to know of it. */
export function HandOver({ reveal, rotation }: { reveal: Reveal; rotation: TokenView['rotation'] }) {
  const { token, secret, shown, saved, pending, gone, byHand } = reveal
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (!byHand) return
    field.current?.focus()
    field.current?.select()
  }, [byHand])
  return (
    <>
      <SecretField
        stub={`${token.head}${token.id}_`}
        headLength={token.head.length}
        tail={secret === null && rotation !== null ? null : token.tail}
        secret={secret}
        shown={shown}
        field={field}
        onCopy={reveal.copiedByHand}
      />
      {!gone && (
        <div className="-mt-2 grid grid-cols-3 gap-2 max-[21rem]:grid-cols-1 [&>button]:px-2">
          <CopyButton reveal={reveal} />
          <Button onClick={shown ? reveal.hide : reveal.show} pending={pending === 'show'}>
            {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            {shown ? 'Hide' : 'Show'}
          </Button>
          <Button onClick={reveal.download} pending={pending === 'download'}>
            <Download aria-hidden />
            Download
          </Button>
        </div>
      )}
      <FailureNotice failure={reveal.failure} />
      {byHand && saved === null && (
        <Notice tone="danger" role="alert">
          The browser did not let it onto the clipboard. The token is selected: copy it by hand.
        </Notice>
      )}
      {!gone && (
        <Notice>
          {token.keeps
            ? 'You can reveal it again, treat it like a password.'
            : "Copy or download it now: it won't be shown again."}
        </Notice>
      )}
      {!gone && <OldSecret reveal={reveal} rotation={rotation} />}
    </>
  )
}

/** What becomes of the secret before, where there is one. */
function OldSecret({ reveal: { token, secret }, rotation }: { reveal: Reveal; rotation: TokenView['rotation'] }) {
  if (secret === null && rotation !== null)
    return (
      <p className="-mt-1 text-soft">
        Once this is revealed, the old secret {token.tail !== null && <Tail of={token.tail} />}{' '}
        {oldSecretThen(rotation.overlapSeconds)}.
      </p>
    )
  if (token.retiring !== null)
    return (
      <p className="-mt-1 text-soft">
        The old secret <Tail of={token.retiring.tail} /> works <UntilExact at={token.retiring.until} />.
      </p>
    )
  return rotation === null ? null : <p className="-mt-1 text-soft">The old secret has ended.</p>
}

/** The primary button until the secret is kept; it gets the focus, as it is what comes next. */
function CopyButton({ reveal: { copy, saved, pending } }: { reveal: Reveal }) {
  const [justCopied, setJustCopied] = useState(false)
  useEffect(() => {
    if (saved !== 'copied') return
    setJustCopied(true)
    const timer = setTimeout(() => setJustCopied(false), COPIED_MS)
    return () => clearTimeout(timer)
  }, [saved])
  return (
    <Button autoFocus variant={saved === null ? 'primary' : 'secondary'} onClick={copy} pending={pending === 'copy'}>
      {justCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {justCopied ? 'Copied' : 'Copy'}
    </Button>
  )
}
