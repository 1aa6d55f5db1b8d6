type Kept = {
  readonly table: string
  /** SQL by which the rows are sorted, where one of them needs another to be there. */
  readonly orderBy?: string
  /** Columns that stay out and are null after a restore. */
  readonly without?: readonly string[]
}

/** The tables that a backup holds, in the order that they are loaded in: what others point to comes first. */
export const KEPT: readonly Kept[] = [
  { table: 'tiers' },
  { table: 'scopes' },
  { table: 'policy_ceilings' },
  // The trigger that computes a path looks for the parent.
  { table: 'organizations', orderBy: 'cardinality(path)' },
  { table: 'users' },
  { table: 'logins' },
  { table: 'memberships' },
  { table: 'invitations' },
  { table: 'service_accounts' },
  { table: 'devices' },
  { table: 'tokens' },
  // A reveal that is not finished ends with the backup: what its secret was derived from must not last.
  { table: 'token_secrets', without: ['reveal_salt'] },
  { table: 'audit_events' },
  { table: 'usage_hours' },
  { table: 'usage_days' },
  { table: 'usage_groups' },
  { table: 'usage_weeks' },
  { table: 'usage_endpoints' },
  { table: 'usage_resources' },
  { table: 'usage_addresses' },
  { table: 'usage_user_agents' },
]

/**
 * The tables that a backup leaves out, each with what that means for people. The queue of mails is left out whole, and a
 * restore leaves the one that it finds: it lies in a schema of its own, `pgboss`, and holds ids alone. What was still to
 * be mailed is known from the invitations.
 */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  sessions: 'sign-ins: after a restore everybody signs in again',
  one_time_links: 'one-time links: those that were open are void',
  password_failures: 'counts of failed passwords',
  used_journeys: 'which journeys to the provider were used: a session that one began is left out too',
  verifiers: 'which verifiers are running: they say so again within a second',
  revocations: 'revocations of the last hour that verifiers acknowledge: all of them hold',
  revocation_acknowledgements: 'and the acknowledgements',
  reports: 'reports that were made: they can be made again from the usage',
  report_parts: 'and their files',
  idempotency_keys: 'answers to requests with an Idempotency-Key: a request repeated after a restore is a new one',
}
