import { mount } from '#lib/api/mount'
import { usageReportPdf } from '#lib/api/operations/reports'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(usageReportPdf)
