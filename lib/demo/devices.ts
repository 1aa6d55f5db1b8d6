import type { Acting } from '#lib/demo/acting'
import type { Sample } from '#lib/demo/organizations'
import { registerDevice } from '#lib/devices/register'
import { createApiUser } from '#lib/service-accounts/create'

const DEVICES = [
  ['meter-hall-1', 'Electricity meter, hall 1'],
  ['meter-hall-2', 'Electricity meter, hall 2'],
  ['heat-pump', 'Heat pump, north roof'],
  ['water-main', 'Water main'],
  ['weather-station', 'Weather station'],
] as const

/** Gives Alder devices, and an API user narrowed to one of them that has no token yet. */
export async function seedDevices(as: Acting, { alder, owner }: Sample): Promise<void> {
  const organizationId = alder.id
  for (const [deviceId, name] of DEVICES)
    await registerDevice(as(owner, alder, 'admin', 55), { organizationId, deviceId, name })
  await createApiUser(as(owner, alder, 'admin', 54), {
    organizationId,
    name: 'Weather import',
    role: 'viewer',
    scopes: ['data:read'],
    devices: ['weather-station'],
  })
}
