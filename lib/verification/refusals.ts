import type { Log } from '#lib/log'

const LINES_A_SECOND = 10

/**
 * Logs what goes wrong at the verifier, at most ten lines a second, so that nobody fills a disk by guessing. A line
 * tells how many were left out before it.
 */
export function openRefusals(log: Log, now: () => number = () => performance.now()) {
  let second = 0
  let lines = 0
  let leftOut = 0
  return (level: 'info' | 'warn' | 'error', fields: () => object, message: string): void => {
    const current = Math.trunc(now() / 1_000)
    if (current !== second) {
      second = current
      lines = 0
    }
    if (++lines > LINES_A_SECOND) {
      leftOut++
      return
    }
    log[level](leftOut === 0 ? fields() : { ...fields(), leftOut }, message)
    leftOut = 0
  }
}
