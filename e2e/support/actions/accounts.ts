import { DEMO_PASSWORD } from '../organization'
import { type ActionRow, REVEAL_KEY, TOKENS_PAGE } from './row'

/** What people do with their accounts. */
export const ACCOUNT_ACTIONS: Readonly<Record<string, ActionRow>> = {
  changePassword: { page: '/account', input: () => ({ current: DEMO_PASSWORD, password: 'a password to be' }) },
  confirmIdentity: { page: TOKENS_PAGE, input: () => ({ password: DEMO_PASSWORD }) },
  confirmByProvider: {
    page: TOKENS_PAGE,
    input: () => ({ page: '/account' }),
    mayBe: { page: ['', 'x'.repeat(501), '\0', '\ud800'] },
  },
  editProfile: { page: '/account', input: () => ({ name: 'Somebody else' }) },
  endSession: { page: '/account', input: ({ session }) => ({ sessionId: session }) },
  linkLogin: { page: '/account', input: null },
  setPassword: { page: '/account', input: () => ({ password: 'a password to be' }) },
  setUp: {
    page: '/setup',
    input: () => ({
      link: REVEAL_KEY,
      platformName: 'P',
      name: 'N',
      email: 'n@example.com',
      password: 'a password to be',
    }),
    open: true,
  },
  signIn: {
    page: '/sign-in',
    input: () => ({ email: 'nobody@example.com', password: 'x', next: '/' }),
    optional: ['next'],
    mayBe: { password: ['\0', '\ud800'], next: ['', 'x'.repeat(501), '\0', '\ud800'] },
    open: true,
  },
  signInByProvider: {
    page: '/sign-in',
    input: () => ({ next: '/' }),
    mayBe: { next: ['', 'x'.repeat(501), '\0', '\ud800'] },
    open: true,
  },
  signOut: { page: TOKENS_PAGE, input: null },
  signOutEverywhere: { page: '/account', input: null },
  unlinkLogin: { page: '/account', input: null },
}
