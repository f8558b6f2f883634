import type { Secrets } from '../secrets.ts'

/**
 * A personal value as the audit log may keep it: equal values of one field look equal, and nobody can read them.
 * Absent stays absent, so that a first entry and a removal can be distinguished.
 */
export function hashed(secrets: Secrets, field: string, value: unknown): string | null {
  if (value === null || value === undefined) return null
  return secrets
    .hash('audit-hash', `${field}\n${JSON.stringify(value)}`)
    .toString('base64url')
    .slice(0, 22)
}

/** The difference of two versions of an entity, for an audit entry: changed field → [old, new]. */
export function diffValues<T extends object>(
  before: Partial<T>,
  after: Partial<T>,
  show: (field: string, value: unknown) => unknown = (_, value) => plain(value),
): Readonly<Record<string, readonly [unknown, unknown]>> {
  const changed: Record<string, readonly [unknown, unknown]> = {}
  for (const field of Object.keys(after) as (keyof T & string)[]) {
    const [old, now] = [plain(before[field]), plain(after[field])]
    if (JSON.stringify(old) === JSON.stringify(now)) continue
    changed[field] = [show(field, before[field] ?? null), show(field, after[field] ?? null)]
  }
  return changed
}

/** Dates and instants as text, absent values as null, everything else as it is. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (typeof value === 'object' && 'toJSON' in value && typeof value.toJSON === 'function') return value.toJSON()
  return value
}
