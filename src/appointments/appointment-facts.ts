import type { RequirementLine } from './free-times/assignment-rules.ts'
import type { BookingRule, BookingStatus, CustomerFacts, StudioFacts, TrialFacts } from '../bookings/booking-facts.ts'
import type { StartGrid } from './free-times/grid-rules.ts'
import type { ResourceFacts } from '../resources/timeline-rules.ts'

/** The template of an appointment. Main time, buffers and grid in minutes; validity in service dates, both inclusive. */
export interface BookableFacts extends StartGrid {
  readonly bookableId: number
  readonly serviceId: number
  readonly durationMin: number
  readonly prepMin: number
  readonly followUpMin: number
  readonly maxParticipants: number
  readonly validFrom: Temporal.PlainDate | null
  readonly validTo: Temporal.PlainDate | null
  readonly customerPicksInstructor: boolean
  readonly allowParallel: boolean
}

/** An appointment of the bookable that others may join, with its bookings as stored, canceled ones left out. */
export interface GroupAppointment {
  readonly appointmentId: number
  readonly status: 'PLANNED' | 'CANCELED'
  readonly start: Temporal.Instant
  readonly instructorIds: readonly number[]
  readonly bookings: readonly {
    readonly status: BookingStatus
    readonly confirmDeadline: Temporal.Instant | null
  }[]
}

/** An appointment in which a time is held, with its instructors. */
export type HeldAppointment = Pick<GroupAppointment, 'appointmentId' | 'instructorIds'>

/** Everything that decides about appointments of one bookable within a window. Without customer: anonymous and local. */
export interface AppointmentFacts {
  readonly studio: StudioFacts
  readonly bookable: BookableFacts
  readonly rule: BookingRule
  readonly requirements: readonly RequirementLine[]
  /** All resources of the requirement lines, with what occupies them during the window and its buffers. */
  readonly resources: readonly ResourceFacts[]
  readonly appointments: readonly GroupAppointment[]
  readonly customer: CustomerFacts | null
  readonly trial: TrialFacts | null
  /** The time that is held for this wish; what it occupies is among what is taken. */
  readonly held?: HeldAppointment | undefined
}

/** A wish: the main time and the instructors asked for (none = any). */
export interface AppointmentRequest {
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly instructorIds: readonly number[]
}
