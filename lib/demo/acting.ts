import type { Transaction } from '#db/client'
import type { Role } from '#lib/authorization'
import type { Context } from '#lib/context'
import type { Person } from '#lib/demo/organizations'
import type { Organization } from '#lib/organizations/load'

const DAY = 86_400_000

export type Acting = (person: Person, organization: Organization, role: Role, daysAgo: number) => Context

/** Lets the sample people act through the verbs so many days before now, so that they leave the trail that people would. */
export const actingIn =
  (tx: Transaction, { now, sealKeys }: Pick<Context, 'sealKeys'> & { readonly now: Date }): Acting =>
  (person, organization, role, daysAgo) => ({
    db: tx,
    actor: { ...person, memberships: [{ organizationId: organization.id, role }], confirmedAt: null },
    clock: () => new Date(now.getTime() - daysAgo * DAY),
    prefix: 'tok',
    sealKeys,
  })
