import { z } from 'zod'

/** The queue that mails wait in. */
export const MAIL_QUEUE = 'mail'

/** A mail to be sent: ids and nothing else. Its link is made when it is sent, so that none lies in the queue. */
export const MailJob = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('invitation'), invitationId: z.uuid() }),
  z.strictObject({ kind: z.literal('password-reset'), userId: z.uuid() }),
])
export type MailJob = z.infer<typeof MailJob>
