import { mount } from '#lib/api/mount'
import { usageReportCsv } from '#lib/api/operations/reports'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(usageReportCsv)
