import type { ActionRow } from './row'

const PAGE = '/o/alder/reports'

/** What people do with reports. */
export const REPORT_ACTIONS: Readonly<Record<string, ActionRow>> = {
  requestReport: {
    page: PAGE,
    input: ({ alder }) => ({
      organizationId: alder,
      format: 'csv',
      from: '2026-01-01T00:00:00.000Z',
      to: '2026-01-02T00:00:00.000Z',
      timeZone: 'UTC',
    }),
  },
  cancelReport: { page: PAGE, input: ({ report }) => ({ reportId: report }) },
}
