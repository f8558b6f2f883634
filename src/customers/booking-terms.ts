import { notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import { isAfter } from '../platform/time/order.ts'
import { diffValues } from '../platform/units/audit-values.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { type BookingTerms, findBookingTerms, updateBookingTerms } from './booking-terms-store.ts'
import { lockCustomers } from './reading/visibility-store.ts'

/**
 * Staff set the member codes of a customer, which booking rules may ask for, and keep a customer from booking: with a
 * reason, until a moment or until it is lifted (reason null). Bookings that are there stay.
 */
export async function setBookingTerms(work: UnitOfWork, customerId: number, changes: Partial<BookingTerms>) {
  const [locked] = await lockCustomers(work.tx, [customerId])
  const before = locked === undefined ? undefined : await findBookingTerms(work.tx, customerId)
  if (!before) throw notFound('customer', customerId)
  const codes = changes.memberCodes?.map((code) => code.trim())
  if (codes?.includes('')) throw refuseFields([violation('memberCodes', 'required')])
  const terms = { ...changes, ...(codes ? { memberCodes: [...new Set(codes)] } : {}) }
  const after = { ...before, ...terms }
  if (after.bookingBlockUntil && after.bookingBlockReason === null)
    throw refuseFields([violation('blockReason', 'required')])
  if (terms.bookingBlockUntil && !isAfter(terms.bookingBlockUntil, work.now))
    throw refuseFields([violation('blockUntil', 'mustNotBePast')])
  const diff = diffValues<Partial<BookingTerms>>(before, terms)
  if (Object.keys(diff).length === 0) return
  await updateBookingTerms(work.tx, customerId, terms, work.now)
  const entity = { entityKind: 'customer', entityId: customerId, studioId: before.studioId }
  work.audit({ action: 'customer.bookingTermsChanged', ...entity, diff })
}
