/** A value as JSON can carry it; whole numbers of any size and days are marked by what they are. */
export type Packed = string | number | boolean | null | readonly Packed[] | { readonly [key: string]: Packed }

/** A plan, or a part of one, as a contract freezes it: `{"$int":"2990"}` is an amount, `{"$day":"2026-01-31"}` a day. */
export function packPlan(value: unknown): Packed {
  if (typeof value === 'bigint') return { $int: value.toString() }
  if (value instanceof Temporal.PlainDate) return { $day: value.toString() }
  if (Array.isArray(value)) return value.map(packPlan)
  if (typeof value === 'object' && value !== null) {
    const kept = Object.entries(value).filter(([, inner]) => inner !== undefined)
    return Object.fromEntries(kept.map(([key, inner]) => [key, packPlan(inner)]))
  }
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  throw new Error(`A plan holds a ${typeof value}, which nothing can store.`)
}

/** What {@link packPlan} has packed. The caller names what it was: only this module writes what it reads. */
export function unpackPlan<T>(packed: Packed): T {
  return unpack(packed) as T
}

function unpack(packed: Packed): unknown {
  if (typeof packed !== 'object' || packed === null) return packed
  if (Array.isArray(packed)) return packed.map(unpack)
  const fields = packed as { readonly [key: string]: Packed }
  if (typeof fields.$int === 'string') return BigInt(fields.$int)
  if (typeof fields.$day === 'string') return Temporal.PlainDate.from(fields.$day)
  return Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, unpack(inner)]))
}
