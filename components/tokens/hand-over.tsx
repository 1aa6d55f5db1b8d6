'use client'

import { Check, Copy, Download, Eye, EyeOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { SecretField } from '#components/tokens/secret-field'
import type { Reveal } from '#components/tokens/use-reveal'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { Notice } from '#components/ui/notice'

const COPIED_MS = 3000

/** The field Token with Copy, Show and Download, and what there is to know of it. */
export function HandOver({ reveal }: { reveal: Reveal }) {
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
        tail={token.tail}
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
      {!gone && <Notice>{"Copy or download it now: it won't be shown again."}</Notice>}
    </>
  )
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
