'use client'

import { FileUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { type Sent, sendFile } from '#components/devices/send-file'
import {
  DialogBody,
  DialogDescription,
  DialogFormFoot,
  DialogHeader,
  DialogTitle,
  dialogForm,
} from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { Progress } from '#components/ui/progress'
import { toastDone } from '#components/ui/toast'
import type { ImportDone, LineFault } from '#lib/devices/view'

const AT_MOST = 1024 * 1024
const SHOWN = 100

/** The import of a file: all of it, or nothing and each wrong line with its reason. */
export function ImportDevicesDialog({ url, close }: { url: string; close: () => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [error, setError] = useState<string>()
  const [sent, setSent] = useState<Exclude<Sent, { kind: 'done' }> | null>(null)
  const [under, setUnder] = useState<number | null>(null)
  const router = useRouter()

  const choose = (chosen: File | null) => {
    setFile(chosen)
    setSent(null)
    setError(undefined)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (file === null) return setError('Choose a file.')
    if (file.size > AT_MOST) return setError('The file is larger than 1 MiB. Split it.')
    setSent(null)
    setUnder(0)
    const result = await sendFile(url, file, setUnder)
    setUnder(null)
    if (result.kind !== 'done') return setSent(result)
    toastDone(doneWords(result.done))
    router.refresh()
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>Import devices</DialogTitle>
        <DialogDescription>
          All lines of a file, or none of them where one is wrong. Devices that are registered already get their new
          name.
        </DialogDescription>
      </DialogHeader>
      <form className={dialogForm} onSubmit={submit} noValidate>
        <DialogBody>
          <Field
            label="File"
            hint={
              <>
                CSV with <code className="font-mono">id,name</code> on each line: up to 5,000 devices and 1 MiB.
              </>
            }
            error={error}
          >
            <Input
              type="file"
              accept=".csv,text/csv"
              className="h-auto cursor-pointer py-1.5 touch:h-auto touch:py-2.5"
              // The same file can be chosen again once it is mended.
              onClick={(event) => {
                event.currentTarget.value = ''
                choose(null)
              }}
              onChange={(event) => choose(event.target.files?.[0] ?? null)}
            />
          </Field>
          {under !== null && file !== null && (
            <Progress label="Import" done={Math.ceil(under / 1024)} of={Math.ceil(file.size / 1024)} unit="KiB" />
          )}
          {sent?.kind === 'faults' && <Faults faults={sent.faults} />}
          {sent?.kind === 'refused' && (
            <FailureNotice failure={{ ok: false, code: codeOf(sent.code), message: sent.message, fields: {} }} />
          )}
        </DialogBody>
        <DialogFormFoot verb="Import" icon={<FileUp aria-hidden />} pending={under !== null} />
      </form>
    </>
  )
}

// Of the codes only this one has a remedy of its own.
const codeOf = (code: string) => (code === 'unauthenticated' ? code : 'unexpected')

function doneWords({ added, renamed, unchanged }: ImportDone): string {
  const same = unchanged === 0 ? '' : `, ${unchanged} already as in the file`
  return `${added} registered, ${renamed} renamed${same}`
}

function Faults({ faults }: { faults: readonly LineFault[] }) {
  const more = faults.length - SHOWN
  return (
    <Notice tone="danger" role="alert">
      <p className="font-medium">
        Nothing was imported: {faults.length === 1 ? '1 line is' : `${faults.length} lines are`} wrong. Mend the file
        and choose it again.
      </p>
      <ol className="mt-1.5 max-h-56 space-y-1 overflow-y-auto">
        {faults.slice(0, SHOWN).map(({ line, reason }) => (
          <li key={line}>
            <strong>Line {line}:</strong> <span className="[overflow-wrap:anywhere]">{reason}</span>
          </li>
        ))}
        {more > 0 && <li>and {more} more</li>}
      </ol>
    </Notice>
  )
}
