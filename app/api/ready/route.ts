import { database } from '#lib/database'
import { tellReadiness } from '#lib/health'

export const dynamic = 'force-dynamic'

/** Whether this server can do its work now. */
export const GET = () => tellReadiness(database())
