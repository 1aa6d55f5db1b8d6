// On plain HTTP there is no clipboard at all, whatever the DOM's types say.
const hasClipboard = () => typeof navigator.clipboard?.write === 'function' && typeof ClipboardItem === 'function'

/**
 * Whether the clipboard can be written, as far as the browser tells beforehand: it is there (it is not on plain HTTP)
 * and not denied. Browsers that know no such permission decide at the click.
 */
export async function canWriteClipboard(): Promise<boolean> {
  if (!hasClipboard()) return false
  try {
    // The name is missing from the DOM's types, since not every browser knows it.
    const name = 'clipboard-write' as PermissionName
    return (await navigator.permissions.query({ name })).state !== 'denied'
  } catch {
    return true
  }
}

/**
 * Puts a text that is still to come on the clipboard. To be called within the click itself: the browser keeps the
 * gesture for the promise, where it would refuse a write after waiting. Rejects where it may not, or with `text`.
 */
export async function writeClipboard(text: Promise<string>): Promise<void> {
  if (!hasClipboard()) throw new Error('no clipboard')
  const blob = text.then((characters) => new Blob([characters], { type: 'text/plain' }))
  // The clipboard may refuse before the text has come; what the text does then is its caller's to handle.
  blob.catch(() => undefined)
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])
}
