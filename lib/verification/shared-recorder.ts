import type { UsageRecorder } from '#lib/verification/usage-recorder'

type Recorder = Pick<UsageRecorder, 'record'>

// The framework loads modules of its own: what the server opened is found here by both, so that the desk opens no second.
const holder = globalThis as typeof globalThis & { tokenryRecorder?: Recorder }

/** Makes the recorder of the server's verifier known to the whole process; closing the verifier writes what is left. */
export function shareRecorder(recorder: Recorder): void {
  holder.tokenryRecorder = recorder
}

/** The one recorder of the process. */
export function sharedRecorder(): Recorder {
  if (holder.tokenryRecorder === undefined) throw new Error('the server opens the recorder before the desk starts')
  return holder.tokenryRecorder
}
