const PAGES = new Set(['sign-in', 'setup', 'invite', 'reset-password', 'account', 'docs'])
const SECTIONS = new Set(['tokens', 'analytics', 'reports', 'customers', 'members', 'devices', 'audit', 'settings'])
const PROBES = new Set(['health', 'ready', 'metrics'])
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** The group of the desk's routes that a path belongs to: one of a closed list, whatever the path. */
export function routeOf(path: string): string {
  const [, first = '', second = '', third = '', ...rest] = path.split('/')
  if (first === '') return 'home'
  if (first === '_next' || (second === '' && /^[\w-]+\.\w+$/.test(first))) return 'files'
  if (PAGES.has(first)) return first
  if (first === 'o') return rest.at(-1) === 'changes' ? 'changes' : SECTIONS.has(third) ? third : 'other'
  if (first !== 'api') return 'other'
  if (PROBES.has(second)) return 'probes'
  return second === 'auth' ? 'auth' : second === 'v1' ? 'api' : 'other'
}

/** The method as one of a closed list. */
export const methodOf = (method = '') => (METHODS.has(method) ? method : 'other')
