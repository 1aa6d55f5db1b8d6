import { DomainError } from '#lib/errors'

/** The refusal of one try too many, with how long to wait: in words for people, in whole seconds for `Retry-After`. */
export class TooOften extends DomainError {
  readonly retryAfterSeconds: number

  constructor(until: Date, now: Date) {
    const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))
    const minutes = Math.ceil(seconds / 60)
    super('too_often', `Too many tries. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`)
    this.retryAfterSeconds = seconds
  }
}
