import { tellHealth } from '#lib/health'

export const dynamic = 'force-dynamic'

/** The process answers. Says nothing of the database: that is `/api/ready`. */
export const GET = () => tellHealth()
