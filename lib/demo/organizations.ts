import type { Transaction } from '#db/client'
import { insertOrganization } from '#db/queries/organizations'
import { insertServiceAccount } from '#db/queries/service-accounts'
import { findTierByName, insertTier } from '#db/queries/tiers'
import { createUser } from '#lib/accounts/create-user'
import type { Role } from '#lib/authorization'
import { nameKey } from '#lib/names'
import { addOrganization } from '#lib/organizations/create'
import { loadOrganization, type Organization } from '#lib/organizations/load'
import { endOfLife } from '#lib/policies/lifetime'
import { addToken } from '#lib/tokens/create'

const DAY = 86_400_000

export type Person = {
  readonly userId: string
  readonly email: string
  readonly ip: string
  readonly userAgent: string
}
export type Sample = {
  readonly alder: Organization
  readonly owner: Person
  readonly member: Person
  readonly cedar: Organization
  readonly cem: Person
}

/** The sample tree with its people: "Tokenry Demo", Northwind with Alder and Birch, Southgate with Cedar. */
export async function seedOrganizations(
  tx: Transaction,
  { passwordHash, now }: { passwordHash: string; now: Date },
): Promise<Sample> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY)

  const person = async (email: string, name: string, organization: Organization, role: Role, days: number) => {
    const from = { ip: '192.0.2.61', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0' }
    const { id } = await createUser(tx, { email, name, passwordHash, organization, role, now: ago(days), ...from })
    return { userId: id, email, ...from }
  }
  const tier = async (name: string) => {
    const found = await findTierByName(tx, name)
    if (found === null) throw new Error(`the tier ${name} ships with the first migration`)
    return found.id
  }
  const advanced = await tier('Advanced')
  const lite = await tier('Lite')
  const single = await insertTier(tx, { name: 'Single', rank: 1, tokenLimit: 1, atLimit: 'replace', metrics: 'basic' })

  const root = await insertOrganization(tx, {
    kind: 'platform',
    slug: 'platform',
    name: 'Tokenry Demo',
    contact: 'admin@demo.example',
    createdAt: ago(120),
  })
  const platform = await loadOrganization(tx, root.id)
  if (platform === null) throw new Error('the platform just made is gone')
  const admin = await person('admin@demo.example', 'Ada Marsh', platform, 'admin', 120)
  await addGateway(tx, platform, admin, ago(119))

  const northwind = await addOrganization(tx, admin, {
    kind: 'reseller',
    parentId: platform.id,
    slug: 'northwind',
    name: 'Northwind',
    contact: 'reseller@demo.example',
    tierId: advanced,
    createdAt: ago(80),
  })
  const reseller = await person('reseller@demo.example', 'Noor Winter', northwind, 'admin', 80)
  const alder = await addOrganization(tx, reseller, {
    kind: 'customer',
    parentId: northwind.id,
    slug: 'alder',
    name: 'Alder',
    contact: 'owner@demo.example',
    tierId: advanced,
    createdAt: ago(70),
  })
  const owner = await person('owner@demo.example', 'Ole Alder', alder, 'admin', 70)
  const member = await person('user@demo.example', 'Uma Alder', alder, 'member', 60)
  await person('viewer@demo.example', 'Vic Alder', alder, 'viewer', 50)
  await addOrganization(tx, reseller, {
    kind: 'customer',
    parentId: northwind.id,
    slug: 'birch',
    name: 'Birch',
    tierId: lite,
    createdAt: ago(40),
  })

  const southgate = await addOrganization(tx, admin, {
    kind: 'reseller',
    parentId: platform.id,
    slug: 'southgate',
    name: 'Southgate',
    contact: 'https://southgate.example/support',
    tierId: advanced,
    revealPolicy: 'anytime',
    createdAt: ago(75),
  })
  const cedar = await addOrganization(tx, admin, {
    kind: 'customer',
    parentId: southgate.id,
    slug: 'cedar',
    name: 'Cedar',
    contact: 'cedar@demo.example',
    tierId: single.id,
    revealPolicy: 'anytime',
    createdAt: ago(65),
  })
  const cem = await person('cedar@demo.example', 'Cem Cedar', cedar, 'admin', 65)
  return { alder, owner, member, cedar, cem }
}

async function addGateway(tx: Transaction, platform: Organization, admin: Person, at: Date): Promise<void> {
  const gateway = await insertServiceAccount(tx, {
    organizationId: platform.id,
    name: 'Gateway',
    nameKey: nameKey('Gateway'),
    role: 'admin',
    scopes: ['tokens:verify'],
    createdAt: at,
  })
  await addToken(tx, admin, {
    kind: 'service',
    organization: platform,
    serviceAccountId: gateway.id,
    name: 'Gateway',
    scopes: ['tokens:verify'],
    lifetime: { lifetimeDays: 365, expiresAt: endOfLife(at, 365) },
    now: at,
  })
}
