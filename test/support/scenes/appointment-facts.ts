import type {
  AppointmentFacts,
  AppointmentRequest,
  BookableFacts,
  GroupAppointment,
} from '../../../src/appointments/appointment-facts.ts'
import type { RequirementLine } from '../../../src/appointments/free-times/assignment-rules.ts'
import type { Allocation, ResourceFacts } from '../../../src/resources/timeline-rules.ts'
import { at, bookingRule, customer, studio } from './booking-facts.ts'

export function allocation(from: string, until: string, heldUntil: string | null = null): Allocation {
  const held = { from: at(from).epochMilliseconds, until: at(until).epochMilliseconds }
  return { ...held, heldUntil: heldUntil === null ? null : at(heldUntil) }
}

/** An instructor; the instructor's id is the resource's plus 100, so that a mix-up of the two shows. */
export function instructor(resourceId: number, changes: Partial<ResourceFacts> = {}): ResourceFacts {
  return { ...device(resourceId), instructorId: resourceId + 100, ...changes }
}

export function device(resourceId: number, changes: Partial<ResourceFacts> = {}): ResourceFacts {
  return {
    resourceId,
    instructorId: null,
    isActive: true,
    capacity: 1,
    availabilities: [],
    absences: [],
    allocations: [],
    ...changes,
  }
}

/** "`count` out of these", all with the same priority. */
export function line(kind: RequirementLine['kind'], count: number, resourceIds: readonly number[]): RequirementLine {
  return { kind, count, pool: resourceIds.map((resourceId) => ({ resourceId, priority: 0 })) }
}

/** 45 minutes on a grid of 15, without buffers. */
export function bookable(changes: Partial<BookableFacts> = {}): BookableFacts {
  return {
    bookableId: 20334,
    serviceId: 7,
    durationMin: 45,
    prepMin: 0,
    followUpMin: 0,
    gridMin: 15,
    gridOffsetMin: 0,
    maxParticipants: 1,
    validFrom: null,
    validTo: null,
    customerPicksInstructor: false,
    allowParallel: false,
    ...changes,
  }
}

/** One instructor (resource 1, instructor 101) is required; nothing is booked. */
export function appointmentFacts(changes: Partial<AppointmentFacts> = {}): AppointmentFacts {
  return {
    studio: studio(),
    bookable: bookable(),
    rule: bookingRule(),
    requirements: [line('EMPLOYEE', 1, [1])],
    resources: [instructor(1)],
    appointments: [],
    customer: customer(),
    trial: null,
    ...changes,
  }
}

export function request(start: string, end: string, instructorIds: readonly number[] = []): AppointmentRequest {
  return { start: at(start), end: at(end), instructorIds }
}

export function group(appointmentId: number, start: string, changes: Partial<GroupAppointment> = {}): GroupAppointment {
  const bookings = [{ status: 'BOOKED' as const, confirmDeadline: null }]
  return { appointmentId, status: 'PLANNED', start: at(start), instructorIds: [101], bookings, ...changes }
}
