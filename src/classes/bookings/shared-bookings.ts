import type { Sight } from '../../customers/index.ts'
import {
  type BookingCustomer,
  findBookingCustomer,
  readCustomerFacts,
  readyCustomersLock,
} from '../../bookings/index.ts'
import { inOrder, sendAll } from '../../platform/database/in-order.ts'
import { notFound } from '../../platform/errors/errors.ts'
import { NotShared, type SharedView } from '../../platform/units/shared-unit.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { bookByFacts, byApi, type ClassBookingRequest, type CreatedBooking, requireSlot } from './class-bookings.ts'
import { readSlotFacts, withBooking } from '../slot-facts.ts'
import { readyCustomersOfSlots, readySlotContexts, readySlotLocks } from '../slot-store.ts'
import { drainFirst } from '../upkeep.ts'

/**
 * Locks slots with all who want a seat in them, and answers how each wish becomes a booking. A wish meets its slot as
 * those before it have left it, and the same rules as a wish that is alone. Each is for another customer, without trial
 * or hold.
 */
export async function openClassBookings(
  view: SharedView,
  wishes: readonly ClassBookingRequest[],
): Promise<(work: UnitOfWork, wish: ClassBookingRequest) => Promise<CreatedBooking>> {
  const { contexts, slots, persons, busy, parts } = await findShared(view, wishes)
  // What is due on the only slot is settled before all of them; with several, those of one slot let the others go on.
  const [only, ...others] = slots.values()
  if (only && others.length === 0) drainFirst(only)
  return async (work, request) => {
    const { customerId, classSlotId } = request
    requireSlot(contexts.get(classSlotId), request)
    const slot = slots.get(classSlotId)
    if (!slot || busy.has(customerId)) throw new NotShared()
    drainFirst(slot)
    // What costs money locks accounts, with statements that all others would wait for.
    if (slot.rule.price) throw new NotShared()
    const [person, part] = [persons.get(customerId), parts.get(customerId)]
    if (!person || !part) throw notFound('customer', customerId)
    const customer = readCustomerFacts(part, person, slot.studio.studioId)
    const facts = { ...slot, person, customer, trial: null, hasHeldSeat: false }
    const made = await bookByFacts(work, { bookingId: person.nextBookingId, request, facts, manner: byApi })
    slots.set(classSlotId, withBooking(slot, made.status))
    return made
  }
}

/** Slots and their customers, locked: those whom their callers see. Others work on the busy ones at this moment. */
async function findShared({ tx, now }: SharedView, wishes: readonly ClassBookingRequest[]) {
  const customerIds = wishes.map(({ customerId }) => customerId)
  const classSlotIds = [...new Set(wishes.map(({ classSlotId }) => classSlotId))]
  const [freeSlots, locked, contexts, parts] = await inOrder(tx, [
    readySlotLocks(classSlotIds),
    sendAll(groupBySight(wishes).map(({ ids, sight }) => readyCustomersLock(ids, sight))),
    readySlotContexts(classSlotIds, now),
    readyCustomersOfSlots(wishes, now),
  ])
  const persons = new Map(inOrderOfWishes(locked.flat(), customerIds).map((person) => [person.customerId, person]))
  const others = wishes.filter(({ customerId }) => !persons.has(customerId))
  const seen = await Promise.all(others.map(({ customerId, sight }) => findBookingCustomer(tx, customerId, sight)))
  const free = contexts.filter(({ slot }) => freeSlots.includes(slot.id))
  return {
    contexts: new Map(contexts.map((context) => [context.slot.id, context])),
    slots: new Map(free.map((context) => [context.slot.id, readSlotFacts(context, now)])),
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
  const positions = new Map(customerIds.map((customerId, at) => [customerId, at]))
  const findPosition = ({ customerId }: Locked) => positions.get(customerId) ?? 0
  return [...locked]
    .sort((a, b) => findPosition(a) - findPosition(b))
    .map((person, n) => ({ ...person, nextBookingId: bookingIds[n] ?? person.nextBookingId }))
}
