import { z } from 'zod'
import { displayName, isShowable } from '#lib/names'

/** An e-mail address as typed, without surrounding space. */
export const Email = z
  .string()
  .trim()
  .max(254, 'Use at most 254 characters.')
  .pipe(z.email('Enter an e-mail address such as name@example.com.'))

/** The form in which e-mail addresses are compared. */
export const emailKey = (email: string) => email.normalize('NFKC').toLowerCase()

/** The text if it is a path on this very server; undefined for anything a browser could read as another host. */
export function ownPath(text: string): string | undefined {
  const here = 'http://own.invalid'
  const path = URL.parse(text, here)?.href.slice(here.length) ?? ''
  // Asked again of what came out: `/..//host` is a path of ours at first sight, and another host's address afterwards.
  const stays = (each: string) => each.startsWith('/') && URL.parse(each, here)?.origin === here
  return stays(text) && stays(path) && !path.startsWith('//') ? path : undefined
}

/** A password as given to sign in or to confirm; whether it is right is not a matter of form. */
const password = z.string().min(1, 'Enter your password.').max(256, 'Use at most 256 characters.')

/** A password to be: 12 to 256 characters. */
export const newPassword = z.string().min(12, 'Use at least 12 characters.').max(256, 'Use at most 256 characters.')

export const SignInInput = z.strictObject({
  email: z
    .string()
    .trim()
    .refine(isShowable, 'Enter an e-mail address.')
    .min(1, 'Enter your e-mail address.')
    .max(254, 'Use at most 254 characters.'),
  password,
  /** Where to go afterwards; what is not a path of ours is left out. */
  next: z.string().transform(ownPath).optional(),
})
export type SignInInput = z.input<typeof SignInInput>

export const SignInByProviderInput = z.strictObject({
  /** Where to go afterwards; what is not a path of ours leads to the first page. */
  next: z.string().transform((next) => ownPath(next) ?? '/'),
})
export type SignInByProviderInput = z.input<typeof SignInByProviderInput>

/** The fragment of a one-time link: 16 bytes as 22 characters of base64url. */
export const linkOf = (from: string) =>
  z.string().regex(/^[A-Za-z0-9_-]{21}[AQgw]$/, `This link is incomplete. Open the whole link from ${from}.`)

export const SetUpInput = z.strictObject({
  link: linkOf('the server'),
  platformName: displayName,
  name: displayName,
  email: Email,
  password: newPassword,
})
export type SetUpInput = z.input<typeof SetUpInput>

export const RequestPasswordResetInput = z.strictObject({
  email: z.string().refine(isShowable, 'Enter an e-mail address.').pipe(Email),
})
export type RequestPasswordResetInput = z.input<typeof RequestPasswordResetInput>

export const ResetPasswordInput = z.strictObject({ link: linkOf('the mail'), password: newPassword })
export type ResetPasswordInput = z.input<typeof ResetPasswordInput>

export const ConfirmIdentityInput = z.strictObject({ password })
export type ConfirmIdentityInput = z.input<typeof ConfirmIdentityInput>

export const ConfirmByProviderInput = z.strictObject({
  /** The page to come back to; what is not a path of ours leads to the first one. */
  page: z.string().transform((page) => ownPath(page) ?? '/'),
})
export type ConfirmByProviderInput = z.input<typeof ConfirmByProviderInput>

export const SetPasswordInput = z.strictObject({ password: newPassword })
export type SetPasswordInput = z.input<typeof SetPasswordInput>

export const ChangePasswordInput = z.strictObject({ current: password, password: newPassword })
export type ChangePasswordInput = z.input<typeof ChangePasswordInput>

export const EndSessionInput = z.strictObject({ sessionId: z.uuid() })
export type EndSessionInput = z.input<typeof EndSessionInput>

export const EditProfileInput = z.strictObject({ name: displayName })
export type EditProfileInput = z.input<typeof EditProfileInput>
