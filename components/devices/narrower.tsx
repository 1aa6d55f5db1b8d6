/** Whether devices are no longer reached that were; null: all. */
export const narrower = (before: readonly string[] | null, after: readonly string[] | null) =>
  after !== null && (before === null || before.some((id) => !after.includes(id)))

/** Whether both are the same devices, in whatever order. */
export const sameDevices = (one: readonly string[] | null, other: readonly string[] | null) =>
  one === null || other === null ? one === other : !narrower(one, other) && !narrower(other, one)
