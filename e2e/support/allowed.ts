import type { Place } from './material'
import { handsLinkOver, isReveal, opensOverHttp, revealIn, type Wanted } from './wanted'

const PASSWORD_ACTIONS = new Set([
  'signIn',
  'setUp',
  'changePassword',
  'setPassword',
  'confirmIdentity',
  'acceptInvitation',
  'resetPassword',
])
const LINK_ACTIONS = new Set([
  'setUp',
  'openInvitation',
  'acceptInvitation',
  'acceptByProvider',
  'joinByInvitation',
  'resetPassword',
])
/** Where a link is opened, and the name under which its tab keeps it. */
const LINK_PAGES = [
  { path: '/setup', kept: 'tokenry:set-up' },
  { path: '/invite', kept: 'tokenry:invite' },
  { path: '/reset-password', kept: 'tokenry:reset-password' },
]
const PASSWORD_FORMS = new Set(['/api/auth/callback/credentials', '/sign-in'])

const KNOWN_AT_ONCE = new Set<string>(['secret made by a verb', 'key used by a verb', 'given by the provider'])

/** Whether something secret may stand there: where it is handed over, presented, typed, or printed to be used. */
export function mayStand(wanted: Wanted, place: Place): boolean {
  if (KNOWN_AT_ONCE.has(place.part)) return true
  return RULES[wanted.kind](wanted, place)
}

const RULES: Readonly<Record<Wanted['kind'], (wanted: Wanted, place: Place) => boolean>> = {
  secret({ tokenId }, { part, text, asked }) {
    if (asked === undefined) return false
    if (part === 'answer body' && opensOverHttp(asked.path)) return text.includes(`"tokenId":"${tokenId}"`)
    if (part === 'answer body') return isReveal(asked.action) && revealIn(asked.requestBody).tokenId === tokenId
    if (part === 'request header') return asked.path.startsWith('/api/v1/') && text.startsWith('authorization: Bearer ')
    return part === 'request body' && asked.path === '/api/v1/verify'
  },
  key({ text, tokenId }, place) {
    // Until Done the tab keeps it, and nothing else there does.
    if (place.part === 'sessionStorage') return place.text.startsWith(`tokenry.reveal.${tokenId} ${text} `)
    return place.part === 'request body' && isReveal(place.asked?.action) && revealIn(place.text).tokenId === tokenId
  },
  password({ text }, { part, text: said, asked }) {
    if (part === 'log line') return said === `Sign in as any of these, with the password ${text}`
    if (part !== 'request body' || asked === undefined) return false
    return asked.action === undefined ? PASSWORD_FORMS.has(asked.path) : PASSWORD_ACTIONS.has(asked.action)
  },
  // The desk gets its tokens and proves itself to it; nobody else sees any of that.
  'of the provider': () => false,
  link({ text }, { part, where, text: said, asked }) {
    if (part === 'log line') return said.endsWith(`/setup#${text}`) && said.startsWith('http')
    if (part === 'sessionStorage') return LINK_PAGES.some(({ kept }) => said === `${kept} ${text}`)
    if (part === 'browser url') {
      // Where a person opens it; the page takes it out of the address.
      if (where === 'address' && LINK_PAGES.some(({ path }) => said.endsWith(`${path}#${text}`))) return true
      // One that is used up leads to the sign-in, and browsers carry a fragment along.
      return where.startsWith('address') && said.endsWith(`/sign-in#${text}`)
    }
    // Without a mail server whoever invites is given it, this once.
    if (part === 'answer body') return asked !== undefined && handsLinkOver(asked.action)
    return part === 'request body' && asked?.action !== undefined && LINK_ACTIONS.has(asked.action)
  },
}
