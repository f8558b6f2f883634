import { bookingRules } from '../../bookings/tables.ts'
import { classes, classSeries } from '../../classes/tables.ts'
import { daysOfWeek } from '../../studios/weekday-rules.ts'
import { service } from '../house/catalogue.ts'
import { berlin } from '../house/chain.ts'
import { anna, ben, chris } from '../house/employees.ts'
import { plant, type Planting } from '../planting.ts'
import { resource } from './resources.ts'

type ClassRow = typeof classes.$inferInsert
type RuleRow = typeof bookingRules.$inferInsert

/** A class with its daily series and the rule of booking it, which carries the class's id. */
export interface ClassPlan {
  readonly id: number
  readonly title: string
  readonly type?: ClassRow['type']
  readonly category: string
  readonly description: string
  readonly at: string
  readonly minutes: number
  readonly instructor?: { readonly employeeId: number; readonly resourceId: number }
  readonly room?: number
  /** No limit for a class without it. */
  readonly seats?: number
  readonly queueLength?: number
  readonly bookable?: false
  readonly serviceId?: number
  readonly rule?: Partial<RuleRow>
}

const byAnna = { employeeId: anna, resourceId: resource.anna }
const byBen = { employeeId: ben, resourceId: resource.ben }
const byChris = { employeeId: chris, resourceId: resource.chris }
const hours = (value: number, unit: 'HOURS' | 'MINUTES' = 'HOURS') => ({ value, unit })
const cancelUntil = ({ value, unit }: ReturnType<typeof hours>) => ({ cancelTermValue: value, cancelTermUnit: unit })

export const missionBeachBody: ClassPlan = {
  id: 1001,
  title: 'Mission Beach body',
  category: 'Fitness',
  at: '08:00',
  minutes: 45,
  description: 'Get your body ready for beaches',
  instructor: byAnna,
  room: resource.room1,
  seats: 12,
  queueLength: 5,
  rule: { ...cancelUntil(hours(2)), latestTermValue: 30, latestTermUnit: 'MINUTES' },
}

export const yoga: ClassPlan = {
  id: 1002,
  title: 'Yoga',
  category: 'Mind and body',
  at: '09:00',
  minutes: 60,
  description: 'Always full: come early or queue',
  instructor: byAnna,
  room: resource.room1,
  seats: 6,
  queueLength: 5,
  rule: cancelUntil(hours(1)),
}

export const cycling: ClassPlan = {
  id: 1003,
  title: 'Cycling',
  category: 'Endurance',
  at: '17:30',
  minutes: 45,
  description: 'Full, and so is its waiting list',
  instructor: byBen,
  room: resource.room2,
  seats: 8,
  queueLength: 3,
  rule: cancelUntil(hours(1)),
}

export const openGym: ClassPlan = {
  id: 1004,
  title: 'Open gym',
  category: 'Fitness',
  at: '12:00',
  minutes: 120,
  description: 'Just come: shown, not booked',
  room: resource.room2,
  bookable: false,
}

export const livestream: ClassPlan = {
  id: 1005,
  title: 'Livestream HIIT',
  type: 'STREAM',
  category: 'Endurance',
  at: '18:30',
  minutes: 30,
  description: 'Wherever you are',
  instructor: byChris,
  rule: { earliestTermValue: 7, earliestTermUnit: 'DAY' },
}

export const aqua: ClassPlan = {
  id: 1006,
  title: 'Aqua',
  category: 'Water',
  at: '10:30',
  minutes: 45,
  description: 'May be cancelled late, but then it counts',
  instructor: byChris,
  room: resource.room2,
  seats: 10,
  queueLength: 2,
  serviceId: service.aqua,
  rule: { ...cancelUntil(hours(12)), cancelAfterLatest: true, contingentMode: 'REQUIRED' },
}

export const classPlans = [missionBeachBody, yoga, cycling, openGym, livestream, aqua] as const

/** The series of a class carries the id of the class. */
export async function plantClasses(planting: Planting) {
  const studioId = berlin
  await plant(
    planting,
    bookingRules,
    classPlans.map(({ id, rule }) => ({ id, studioId, allowForeign: false, ...rule })),
  )
  await plant(
    planting,
    classes,
    classPlans.map((plan) => ({
      id: plan.id,
      ruleId: plan.id,
      studioId,
      serviceId: plan.serviceId ?? service.course,
      title: plan.title,
      type: plan.type ?? 'STUDIO',
      category: plan.category,
      description: plan.description,
      durationMin: plan.minutes,
      bookable: plan.bookable ?? true,
      ...toCapacity(plan),
      attendanceDefault: 'PARTICIPATING' as const,
    })),
  )
  await plant(
    planting,
    classSeries,
    classPlans.map(({ id, at, minutes, instructor, room = null, seats = null, queueLength = null }) => ({
      id,
      classId: id,
      studioId,
      weekdays: [...daysOfWeek],
      localTime: Temporal.PlainTime.from(at),
      durationMin: minutes,
      fromDate: planting.today.subtract({ days: HISTORY_DAYS }),
      locationId: room,
      instructors: instructor ? [instructor.employeeId] : [],
      maxParticipants: seats,
      maxWaiting: queueLength,
      plannedVersion: 0,
    })),
  )
}

/** Days of the past that the demo's series have taken place. */
export const HISTORY_DAYS = 14

function toCapacity({ seats, queueLength }: ClassPlan) {
  return { defaultMax: seats ?? null, defaultMaxWaiting: queueLength ?? null }
}
