import { z } from 'zod'
import { DeviceId } from '#lib/devices/schema'
import { notFound } from '#lib/errors'

const UUID = z.uuid()

/** An id out of a path. @throws DomainError `not_found`: what is no id is nothing's */
export function requireId(text: string): string {
  if (!UUID.safeParse(text).success) throw notFound()
  return text.toLowerCase()
}

/** The same for a device's. */
export function requireDeviceId(text: string): string {
  if (!DeviceId.safeParse(text).success) throw notFound()
  return text
}
