import { z } from 'zod'

/** Devices that somebody is narrowed to, as answers tell of them. */
export const ResourcesJson = z
  .array(z.string())
  .nullable()
  .describe('What they are narrowed to, `device:<id>` each; null: not narrowed, empty: to nothing.')

export const resourcesJson = (devices: readonly string[] | null): string[] | null =>
  devices?.map((id) => `device:${id}`) ?? null
