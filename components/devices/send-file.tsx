import type { ImportDone, LineFault } from '#lib/devices/view'

/** What became of an upload: done, wrong lines, or refused as a whole. */
export type Sent =
  | { readonly kind: 'done'; readonly done: ImportDone }
  | { readonly kind: 'faults'; readonly faults: readonly LineFault[] }
  | { readonly kind: 'refused'; readonly message: string; readonly code: string }

const NO_ANSWER = {
  kind: 'refused',
  code: 'unexpected',
  message: 'No answer from the server. Check the connection and try again.',
} as const

/** Posts a file as CSV and tells on the way how many of its bytes have left; it never rejects. */
export function sendFile(url: string, file: File, progress: (sent: number) => void): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('content-type', 'text/csv')
    request.upload.onprogress = ({ loaded }) => progress(loaded)
    request.onload = () => resolve(readAnswer(request.status, request.responseText))
    request.onerror = () => resolve(NO_ANSWER)
    request.send(file)
  })
}

type Answer = Partial<ImportDone> & {
  readonly code?: string
  readonly detail?: string
  readonly lines?: readonly LineFault[]
}

/** Reads what the route of the import answers. */
export function readAnswer(status: number, text: string): Sent {
  try {
    const { added = 0, renamed = 0, unchanged = 0, code, detail, lines }: Answer = JSON.parse(text)
    if (status === 200) return { kind: 'done', done: { added, renamed, unchanged } }
    if (lines !== undefined) return { kind: 'faults', faults: lines }
    return { kind: 'refused', code: code ?? 'unexpected', message: detail ?? `The server answered ${status}.` }
  } catch {
    return NO_ANSWER
  }
}
