'use client'

import { useEffect, useRef, useState } from 'react'
import { writeClipboard } from '#components/tokens/clipboard'
import { downloadName, saveText } from '#components/tokens/download'
import { forgetReveal, noteSaved, type RevealNote, revealKey } from '#components/tokens/reveal-key'
import { mints } from '#components/tokens/reveal-of'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenView } from '#lib/tokens/view'

type Opened = { readonly secret: string; readonly token: TokenView }

/**
 * One reveal, from the first of Show, Copy and Download to its end. The secret is fetched by the first of them and
 * held in this hook's state alone, which goes with the dialog; the key goes to sessionStorage before it is used, so
 * that a lost answer or a reload costs nothing. `note` is what the tab knew of this reveal when the dialog opened.
 */
export function useReveal(
  token: TokenView,
  created: boolean,
  note: RevealNote | null,
  actions: Pick<TokenActions, 'revealToken' | 'finishReveal'>,
) {
  const { run, pending, failure } = useAction(actions.revealToken)
  const [opened, setOpened] = useState<Opened | null>(null)
  const [shown, setShown] = useState(false)
  const [saved, setSaved] = useState(note?.saved === true ? 'before' : null)
  const [byHand, setByHand] = useState(false)
  const [pressed, setPressed] = useState<'show' | 'copy' | 'download' | null>(null)
  const last = useRef<() => Promise<void>>(undefined)
  // Known before the first answer: by the time it comes, the list may show the token as revealed.
  const [first] = useState(() => mints(token))
  const [asked, setAsked] = useState(note !== null)
  // Also here, so that a retry has the same key where storage is blocked.
  const key = useRef(note?.key)

  const gone = failure?.code === 'already_revealed'
  // Without an answer the secret may have been minted all the same.
  const maybeMinted = opened !== null || pending || failure?.code === 'unexpected' || note !== null
  // What is kept is lost to nobody.
  const unsaved = maybeMinted && !gone && saved === null && !(opened?.token ?? token).keeps

  useEffect(() => {
    if (!unsaved) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [unsaved])

  /** The secret; rejects where the server refuses, which `failure` then tells. */
  const obtain = async (): Promise<string> => {
    if (opened !== null) return opened.secret
    setAsked(true)
    key.current ??= revealKey(token, created)
    const result = await run({ tokenId: token.id, key: key.current })
    if (!result.ok) {
      if (result.code === 'already_revealed') forgetReveal(token.id)
      throw new Error(result.code)
    }
    setOpened(result.data)
    if (first) toastDone('Token successfully generated')
    return result.data.secret
  }

  const keep = (how: 'copied' | 'downloaded') => {
    setSaved(how)
    setByHand(false)
    noteSaved(token.id)
  }

  const show = async () => {
    last.current = show
    setPressed('show')
    if ((await settled(obtain())) !== null) setShown(true)
    setPressed(null)
  }

  const copy = async () => {
    last.current = copy
    setPressed('copy')
    setByHand(false)
    const secret = obtain()
    try {
      await writeClipboard(secret)
      keep('copied')
      toastDone('Token copied')
    } catch {
      const refused = (await settled(secret)) === null
      setShown(!refused || shown)
      setByHand(!refused)
    }
    setPressed(null)
  }

  const download = async () => {
    last.current = download
    setPressed('download')
    const secret = await settled(obtain())
    if (secret !== null) {
      saveText(secret, downloadName(token.name))
      keep('downloaded')
    }
    setPressed(null)
  }

  /** Ends the reveal on both sides; what was never asked for stays for the list. */
  const finish = () => {
    if (!asked) return
    forgetReveal(token.id)
    if (gone) return
    // Nobody waits for it: the server ends every reveal by itself after 10 minutes.
    actions.finishReveal({ tokenId: token.id }).catch(() => undefined)
  }

  return {
    /** The token as the reveal answered, so with its new expiry; before that as it was. */
    token: opened?.token ?? token,
    secret: opened?.secret ?? null,
    asked,
    /** Which of the three waits for the server. */
    pending: pressed,
    failure,
    gone,
    /** The same again, once whoever asks has confirmed who they are. */
    confirmed: () => last.current?.() ?? Promise.resolve(),
    unsaved,
    shown,
    saved,
    byHand,
    show,
    hide: () => setShown(false),
    copy,
    download,
    copiedByHand: () => {
      keep('copied')
      toastDone('Token copied')
    },
    finish,
  }
}

export type Reveal = ReturnType<typeof useReveal>

/** The secret, or null where it was refused. */
const settled = (secret: Promise<string>) => secret.catch(() => null)
