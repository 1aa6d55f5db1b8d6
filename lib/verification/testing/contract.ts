import { callerContract } from '#lib/verification/testing/callers'
import { forgedContract } from '#lib/verification/testing/forged'
import { formContract } from '#lib/verification/testing/forms'
import { introspectContract } from '#lib/verification/testing/introspect'
import { meContract } from '#lib/verification/testing/me'
import { narrowedContract } from '#lib/verification/testing/narrowed'
import type { Opened } from '#lib/verification/testing/opened'
import { questionContract } from '#lib/verification/testing/question'
import { requestContract } from '#lib/verification/testing/requests'
import { revokeContract } from '#lib/verification/testing/revoke'
import { useContract } from '#lib/verification/testing/uses'
import { verdictContract } from '#lib/verification/testing/verdicts'

/** What every verifier does, whatever process it runs in. */
export function verifierContract(open: () => Promise<Opened>) {
  verdictContract(open)
  callerContract(open)
  forgedContract(open)
  requestContract(open)
  useContract(open)
  meContract(open)
  questionContract(open)
  narrowedContract(open)
  introspectContract(open)
  revokeContract(open)
  formContract(open)
}
