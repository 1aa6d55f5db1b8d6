import { writeClipboard } from '#components/tokens/clipboard'
import { forgetReveal } from '#components/tokens/reveal-key'
import { toastDone } from '#components/ui/toast'
import type { ActionResult } from '#lib/result'
import type { TokenActions } from '#lib/tokens/actions'

type Answer = ActionResult<{ readonly secret: string }>

/**
 * Puts a token's secret on the clipboard unseen; to be called within the click. `first`: it is minted by this. Tells
 * whether the server gave it where that did not end at the clipboard, so that it can be shown instead.
 */
export async function copySecret(
  { tokenId, first }: { readonly tokenId: string; readonly first: boolean },
  answer: Promise<Answer>,
  finishReveal: TokenActions['finishReveal'],
): Promise<'copied' | 'given' | 'refused'> {
  const secret = answer.then((result) => {
    if (result.ok) return result.data.secret
    if (result.code === 'already_revealed') forgetReveal(tokenId)
    throw new Error(result.code)
  })
  try {
    await writeClipboard(secret)
  } catch {
    return (await secret.catch(() => null)) === null ? 'refused' : 'given'
  }
  forgetReveal(tokenId)
  // Nobody waits for it: the server ends every reveal by itself after 10 minutes.
  finishReveal({ tokenId }).catch(() => undefined)
  if (first) toastDone('Token successfully generated')
  toastDone('Token copied')
  return 'copied'
}
