import type { Metadata } from 'next'
import { DevicesScreen } from '#components/devices/devices-screen'
import { listDevices } from '#lib/devices/list'
import { loadListSearch } from '#lib/lists/search'
import { orNotFound } from '../../../or-not-found'
import { openDesk } from '../desk'
import * as actions from './actions'

export const metadata: Metadata = { title: 'Devices' }

/** An organization's devices. */
export default async function DevicesPage({ params, searchParams }: PageProps<'/o/[slug]/devices'>) {
  const { slug } = await params
  const { ctx, organization } = await openDesk(slug)
  const search = await loadListSearch(searchParams)
  const page = await orNotFound(listDevices(ctx, organization, search))
  return (
    <DevicesScreen
      path={`/o/${slug}/devices`}
      organization={{ id: organization.id, name: organization.name }}
      page={page}
      search={search}
      actions={actions}
    />
  )
}
