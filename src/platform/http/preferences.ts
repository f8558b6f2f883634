import type { FastifyRequest } from 'fastify'
import type { WishHeader } from '../api/operation.ts'
import type { DateTimeForm } from '../time/zoned-time.ts'

/**
 * The form of date-times in this answer: `Prefer: datetime=rfc3339` or `datetime=contract`, else the setting of the
 * integration. `applied` is the answer's `Preference-Applied`.
 */
export function chooseForm(
  prefer: string | string[] | undefined,
  setting: DateTimeForm,
): { readonly form: DateTimeForm; readonly applied?: string } {
  const wishes = (Array.isArray(prefer) ? prefer.join(',') : (prefer ?? '')).toLowerCase().split(/[,;]/)
  for (const wish of wishes) {
    if (wish.trim() === 'datetime=rfc3339') return { form: 'RFC3339', applied: 'datetime=rfc3339' }
    if (wish.trim() === 'datetime=contract') return { form: 'CONTRACT', applied: 'datetime=contract' }
  }
  return setting === 'RFC3339' ? { form: 'RFC3339', applied: 'datetime=rfc3339' } : { form: 'CONTRACT' }
}

/** Whether the header was sent with `true`. */
export function hasWish({ headers }: Pick<FastifyRequest, 'headers'>, { name }: WishHeader): boolean {
  return String(headers[name.toLowerCase()]).trim().toLowerCase() === 'true'
}
