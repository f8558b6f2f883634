import { everybody } from '../../customers/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import {
  auditBooking,
  bookingHooks,
  type BookingPlan,
  bookingUpdated,
  findCustomerFacts,
  lockBookingCustomer,
  type StoredBooking,
  takeUse,
  type TrialFacts,
  updateBookings,
} from '../../bookings/index.ts'
import type { SlotFacts } from '../slot-facts.ts'
import { takeSeat } from '../slot-store.ts'

/** What has to be known of a customer for a slot. */
export function promotionQuestion({ studio, gymClass, slot }: SlotFacts, trialConfigId: number | null) {
  const { studioId, zone } = studio
  return { studioId, zone, serviceId: gymClass.serviceId, from: slot.start, until: slot.end, trialConfigId }
}

/** Locks the customer of a waiting entry and adds to the slot's facts what decides on this customer; null when gone. */
export async function openEntry(work: UnitOfWork, facts: SlotFacts, entry: StoredBooking) {
  const { customerId, trialOfferConfigId } = entry
  const locked = await lockBookingCustomer(work.tx, customerId, everybody)
  if (!locked) return null
  const trial = await findTrial(work, entry)
  const customer = await findCustomerFacts(work.tx, locked, promotionQuestion(facts, trialOfferConfigId), work.now)
  return { ...facts, customer, trial }
}

async function findTrial(work: UnitOfWork, entry: StoredBooking): Promise<TrialFacts | null> {
  const { customerId, trialOfferConfigId: configId } = entry
  if (configId === null) return null
  return bookingHooks().findTrial({ customerId, configId }).send(work.tx)
}

interface Promotion {
  readonly plan: BookingPlan
  readonly facts: SlotFacts
  /** Staff may let more people in than there are seats. */
  readonly force?: boolean
}

/** Gives a waiting entry its seat. Slot and customer are locked. */
export async function promote(work: UnitOfWork, entry: StoredBooking, { plan, facts, force = false }: Promotion) {
  const { bookingId, customerId, studioId } = entry
  const confirmation = {
    confirmKind: plan.confirmation?.kind ?? 'NONE',
    confirmDeadline: plan.confirmation?.deadline ?? null,
  } as const
  const [isSeated] = await Promise.all([
    takeSeat(work.tx, facts.row.id, { leavesQueue: true, force }),
    updateBookings(work.tx, [bookingId], { status: plan.status, ...confirmation }, work.now),
    takeUse(work, { bookingId, customerId, studioId, title: facts.title }, plan.use, facts.rule),
  ])
  if (!isSeated) throw new Error('A seat that was free under the lock of its slot is gone.')
  auditBooking(work, entry, 'promoted', { status: ['WAITING_LIST', plan.status] })
  work.emit(bookingUpdated(entry))
}
