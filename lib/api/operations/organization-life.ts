import { z } from 'zod'
import { withPost } from '#lib/api/mail'
import { NOTHING, type Operation, operation } from '#lib/api/operation'
import { resolveOrganization } from '#lib/api/organization'
import { OrganizationJson, OrganizationPath, tellOrganization } from '#lib/api/organization-json'
import type { AnyContext } from '#lib/context'
import type { ErrorCode } from '#lib/errors'
import { closeCustomer } from '#lib/organizations/close-customer'
import { resumeCustomer } from '#lib/organizations/resume-customer'
import { CloseCustomerInput } from '#lib/organizations/schema'
import { suspendCustomer } from '#lib/organizations/suspend-customer'

/** What somebody above does with an organization as a whole, by its verb. */
const turn = <Body extends z.ZodType>(of: {
  readonly verb: 'suspend' | 'resume' | 'close'
  readonly summary: string
  readonly body: Body | null
  readonly problems: readonly ErrorCode[]
  readonly run: (ctx: AnyContext, organizationId: string, body: z.output<Body>) => Promise<unknown>
}): Operation =>
  operation({
    name: `${of.verb}Organization`,
    method: 'POST',
    path: `/api/v1/organizations/{organization}/${of.verb}`,
    scope: 'tokens:write',
    summary: of.summary,
    params: OrganizationPath,
    query: NOTHING,
    body: of.body,
    answers: { 200: OrganizationJson },
    problems: ['not_found', 'forbidden', ...of.problems],
    idempotent: 'possible',
    async run(ctx, { organization, body }) {
      const { id } = await resolveOrganization(ctx, organization)
      await of.run(ctx, id, body)
      return { status: 200, body: await tellOrganization(ctx, await resolveOrganization(ctx, id)) }
    },
  })

export const suspendOrganizationOperation = turn({
  verb: 'suspend',
  summary: 'Has all tokens of an organization and of those below it verify as inactive until it is resumed.',
  body: null,
  problems: [],
  run: (ctx, organizationId) => suspendCustomer(ctx, { organizationId }),
})

export const resumeOrganizationOperation = turn({
  verb: 'resume',
  summary: 'Ends a suspension.',
  body: null,
  problems: ['organization_suspended'],
  run: (ctx, organizationId) => resumeCustomer(withPost(ctx), { organizationId }),
})

export const closeOrganizationOperation = turn({
  verb: 'close',
  summary: 'Closes an organization and all below it for good, and revokes their tokens.',
  body: z
    .strictObject({ name: CloseCustomerInput.shape.name.describe('Its name, as a sign that it is meant.') })
    .meta({ id: 'Closing' }),
  problems: [],
  run: (ctx, organizationId, { name }) => closeCustomer(ctx, { organizationId, name }),
})
