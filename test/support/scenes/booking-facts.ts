import type {
  BookingRule,
  ContractFacts,
  CustomerBooking,
  CustomerFacts,
  StudioFacts,
  TrialConfigFacts,
  TrialFacts,
} from '../../../src/bookings/booking-facts.ts'
import type { ClassBookingFacts, ClassFacts, ClassSlotFacts } from '../../../src/classes/class-facts.ts'
import type { Entitlement, EntitlementUsage } from '../../../src/entitlements/contingent-rules.ts'
import type { WeeklyRow } from '../../../src/studios/opening-rules.ts'

export const berlin = 'Europe/Berlin'

export function at(text: string): Temporal.Instant {
  return Temporal.Instant.from(text)
}

export function on(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text)
}

/** A weekly row: ISO weekdays and two wall times. */
export function weekly(dayFrom: number, dayTo: number, timeFrom: string, timeTo: string): WeeklyRow {
  return { dayFrom, dayTo, timeFrom: Temporal.PlainTime.from(timeFrom), timeTo: Temporal.PlainTime.from(timeTo) }
}

export function closing(from: string, until: string): StudioFacts['closings'][number] {
  return { from: Temporal.PlainDateTime.from(from), until: Temporal.PlainDateTime.from(until) }
}

export function studio(changes: Partial<StudioFacts> = {}): StudioFacts {
  return { studioId: 1, zone: berlin, openingRows: [], closings: [], ...changes }
}

/** A rule that asks for nothing. */
export function bookingRule(changes: Partial<BookingRule> = {}): BookingRule {
  return {
    earliestTerm: null,
    latestTerm: null,
    maxOpenPerCustomer: null,
    maxPerPeriod: null,
    contingentMode: 'NONE',
    requiresActiveContract: false,
    allowedRateIds: [],
    allowedModuleIds: [],
    allowedMemberCodes: [],
    allowForeign: false,
    staffConfirmation: false,
    ...changes,
  }
}

export function contract(changes: Partial<ContractFacts> = {}): ContractFacts {
  return {
    contractId: 501,
    rateId: 11,
    from: on('2026-01-01'),
    lastDay: null,
    modules: [],
    idlePeriods: [],
    allowedTimes: null,
    ...changes,
  }
}

export function customer(changes: Partial<CustomerFacts> = {}): CustomerFacts {
  return {
    customerId: 203,
    isForeign: false,
    bookingBlock: null,
    accessRestrictions: [],
    memberCodes: [],
    contracts: [],
    entitlements: [],
    bookings: [],
    ...changes,
  }
}

let nextBookingId = 9000

export function booking(start: string, end: string, changes: Partial<CustomerBooking> = {}): CustomerBooking {
  nextBookingId += 1
  return {
    bookingId: nextBookingId,
    status: 'BOOKED',
    confirmDeadline: null,
    start: at(start),
    end: at(end),
    classId: null,
    classSlotId: null,
    bookableId: null,
    trialOfferConfigId: null,
    ...changes,
  }
}

export function usage(serviceDate: string, changes: Partial<EntitlementUsage> = {}): EntitlementUsage {
  return { serviceDate: on(serviceDate), state: 'RESERVED', heldUntil: null, ...changes }
}

/** One use of service 7 in each month, from the start of 2026. */
export function entitlement(changes: Partial<Entitlement> = {}): Entitlement {
  return {
    entitlementId: 801,
    serviceId: 7,
    source: 'RATE',
    contractId: null,
    quantity: 1,
    period: { value: 1, unit: 'MONTH' },
    anchorOn: on('2026-01-01'),
    validFrom: on('2026-01-01'),
    validTo: null,
    crossStudio: false,
    homeStudioId: 1,
    usages: [],
    ...changes,
  }
}

export function trialConfig(changes: Partial<TrialConfigFacts> = {}): TrialConfigFacts {
  return {
    configId: 61,
    isActive: true,
    contingent: 2,
    preventMultipleBookingsTerm: null,
    confirmationTerm: null,
    allowBookingForLeads: true,
    ...changes,
  }
}

export function trial(changes: Partial<TrialConfigFacts> = {}): TrialFacts {
  return { config: trialConfig(changes), isProspect: true, leadConfigId: null }
}

/** A planned slot on Wednesday 2026-06-10, 18:00 to 18:45 in Berlin, with ten free seats. */
export function classSlot(changes: Partial<ClassSlotFacts> = {}): ClassSlotFacts {
  return {
    classSlotId: 3001,
    status: 'PLANNED',
    start: at('2026-06-10T18:00+02:00'),
    end: at('2026-06-10T18:45+02:00'),
    maxParticipants: 10,
    bookedCount: 0,
    additionalParticipants: 0,
    maxWaiting: null,
    waitingCount: 0,
    promotionPending: false,
    earliestTerm: null,
    latestTerm: null,
    ...changes,
  }
}

export function gymClass(changes: Partial<ClassFacts> = {}): ClassFacts {
  return {
    classId: 1001,
    serviceId: 7,
    type: 'STUDIO',
    isBookable: true,
    isOnlineVisible: true,
    isActive: true,
    ...changes,
  }
}

export function classFacts(changes: Partial<ClassBookingFacts> = {}): ClassBookingFacts {
  return {
    studio: studio(),
    gymClass: gymClass(),
    slot: classSlot(),
    rule: bookingRule(),
    customer: customer(),
    trial: null,
    ...changes,
  }
}
