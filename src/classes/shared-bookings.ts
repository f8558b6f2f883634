import type { Sight } from '../customers/index.ts'
import { type BookingCustomer, findBookingCustomer, readCustomerFacts, readyCustomersLock } from '../bookings/index.ts'
import { inOrder, sendAll } from '../platform/database/in-order.ts'
import { notFound } from '../platform/errors/errors.ts'
import { NotShared, type SharedView } from '../platform/units/shared-unit.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { bookByFacts, byApi, type ClassBookingRequest, type CreatedBooking, requireSlot } from './class-bookings.ts'
import { readSlotFacts, withBooking } from './slot-facts.ts'
import { readyCustomersOfSlot, readySlotContext, readySlotLock } from './slot-store.ts'
import { drainFirst } from './upkeep.ts'

/**
 * Locks a slot with all who want a seat in it, and answers how each wish becomes a booking. A wish meets the slot as
 * those before it have left it, and the same rules as a wish that is alone. The wishes are for one slot, each for another
 * customer, without trial or hold.
 */
export async function openClassBookings(
  view: SharedView,
  classSlotId: number,
  wishes: readonly ClassBookingRequest[],
): Promise<(work: UnitOfWork, wish: ClassBookingRequest) => Promise<CreatedBooking>> {
  const { context, persons, busy, parts } = await findShared(view, classSlotId, wishes)
  let slot = context && readSlotFacts(context, view.now)
  if (slot) drainFirst(slot)
  // What costs money locks accounts, with statements that all others would wait for.
  if (slot?.rule.price) throw new NotShared()
  return async (work, request) => {
    const { customerId } = request
    requireSlot(context, request)
    if (busy.has(customerId)) throw new NotShared()
    const [person, part] = [persons.get(customerId), parts.get(customerId)]
    if (!slot || !person || !part) throw notFound('customer', customerId)
    const customer = readCustomerFacts(part, person, slot.studio.studioId)
    const facts = { ...slot, person, customer, trial: null, hasHeldSeat: false }
    const made = await bookByFacts(work, { bookingId: person.nextBookingId, request, facts, manner: byApi })
    slot = withBooking(slot, made.status)
    return made
  }
}

/** The slot and its customers, locked: those whom their callers see. Others work on the busy ones at this moment. */
async function findShared({ tx, now }: SharedView, classSlotId: number, wishes: readonly ClassBookingRequest[]) {
  const customerIds = wishes.map(({ customerId }) => customerId)
  const [isThere, locked, context, parts] = await inOrder(tx, [
    readySlotLock(classSlotId),
    sendAll(groupBySight(wishes).map(({ ids, sight }) => readyCustomersLock(ids, sight))),
    readySlotContext(classSlotId, now),
    readyCustomersOfSlot(classSlotId, customerIds, now),
  ])
  const persons = new Map(inOrderOfWishes(locked.flat(), customerIds).map((person) => [person.customerId, person]))
  const others = wishes.filter(({ customerId }) => !persons.has(customerId))
  const seen = await Promise.all(others.map(({ customerId, sight }) => findBookingCustomer(tx, customerId, sight)))
  return {
    context: isThere ? context : undefined,
    persons,
    parts: new Map(parts.map((part) => [part.customerId, part])),
    busy: new Set(seen.map((person) => person?.customerId)),
  }
}

/** Callers may see different customers. */
function groupBySight(
  wishes: readonly ClassBookingRequest[],
): readonly { readonly sight: Sight; readonly ids: readonly number[] }[] {
  const groups = new Map<string, { readonly sight: Sight; readonly ids: number[] }>()
  for (const { sight, customerId } of wishes) {
    const name = JSON.stringify(sight)
    const group = groups.get(name) ?? { sight, ids: [] }
    group.ids.push(customerId)
    groups.set(name, group)
  }
  return [...groups.values()]
}

type Locked = BookingCustomer & { readonly nextBookingId: number }

/** In the order of the wishes, with ids of bookings that rise in this order. */
function inOrderOfWishes(locked: readonly Locked[], customerIds: readonly number[]): readonly Locked[] {
  const bookingIds = locked.map(({ nextBookingId }) => nextBookingId).sort((a, b) => a - b)
  const places = new Map(customerIds.map((customerId, place) => [customerId, place]))
  const findPlace = ({ customerId }: Locked) => places.get(customerId) ?? 0
  return [...locked]
    .sort((a, b) => findPlace(a) - findPlace(b))
    .map((person, n) => ({ ...person, nextBookingId: bookingIds[n] ?? person.nextBookingId }))
}
