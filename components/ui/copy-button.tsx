'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button'
import { toastError } from '#components/ui/toast'

/** Copies a text that is no secret (a command, an id). `label` names it: "Copy the command". */
export function CopyButton({ text, label, className }: { text: string; label: string; className?: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      toastError('The browser did not allow copying. Select the text and copy it by hand.')
    }
  }
  return (
    <Button variant="quiet" size="icon" aria-label={label} className={className} onClick={copy}>
      {copied ? <Check /> : <Copy />}
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </Button>
  )
}
