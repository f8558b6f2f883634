import { appointments, bookableAppointments, requirementResources, requirements } from '../../appointments/tables.ts'
import { bookingRules, bookings } from '../../bookings/tables.ts'
import { resourceAllocations } from '../../resources/tables.ts'
import { rateIds, service } from '../house/catalogue.ts'
import { farAhead } from './calendar.ts'
import { berlin } from '../house/chain.ts'
import { bob, max, nora, otto, tim, tina } from '../people/people.ts'
import { momentOn, plant, type Planting, stretch } from '../planting.ts'
import { resource } from './resources.ts'
import { confirmationDays, trialWeek } from './trial-offers.ts'

type BookableRow = typeof bookableAppointments.$inferInsert
type RuleRow = typeof bookingRules.$inferInsert

/** A bookable with what it needs and the rule of booking it, which carries its id. */
interface BookablePlan
  extends Pick<BookableRow, 'title' | 'category' | 'description' | 'durationMin' | 'prepMin' | 'followUpMin'> {
  readonly id: number
  readonly serviceId: number
  readonly forCustomers?: false
  readonly customerPicksInstructor?: true
  /** One of each line; lines are kinds of resources. */
  readonly needs: readonly { readonly kind: 'EMPLOYEE' | 'ROOM' | 'DEVICE'; readonly pool: readonly number[] }[]
  readonly rule: Partial<RuleRow>
}

const teachers = (...pool: readonly number[]) => ({ kind: 'EMPLOYEE' as const, pool })

/** Bookable ids. */
export const bookable = {
  personalTraining: 20334,
  bodyCheck: 20335,
  ems: 20336,
  nutritionTalk: 20337,
  trialTraining: 20338,
  stretchBench: 20339,
} as const

const plans: readonly BookablePlan[] = [
  {
    id: bookable.personalTraining,
    title: 'Personal Training',
    category: 'Coaching',
    durationMin: 60,
    description: 'An hour with the trainer of your choice',
    serviceId: service.personalTraining,
    customerPicksInstructor: true,
    needs: [teachers(resource.anna, resource.ben)],
    rule: { contingentMode: 'REQUIRED' },
  },
  {
    id: bookable.bodyCheck,
    title: 'Body check',
    category: 'Health',
    durationMin: 30,
    description: 'Weight, strength, mobility',
    serviceId: service.bodyCheck,
    needs: [teachers(resource.chris, resource.ben)],
    rule: { requiresActiveContract: false, latestTermValue: 2, latestTermUnit: 'HOURS', maxOpenPerCustomer: 1 },
  },
  {
    id: bookable.ems,
    title: 'EMS',
    category: 'Coaching',
    durationMin: 20,
    prepMin: 5,
    followUpMin: 10,
    description: 'Twenty minutes under current',
    serviceId: service.ems,
    needs: [teachers(resource.ben, resource.chris), { kind: 'DEVICE', pool: [resource.ems] }],
    rule: { allowedRateIds: [rateIds.premium.id], cancelTermValue: 1, cancelTermUnit: 'DAY' },
  },
  {
    id: bookable.nutritionTalk,
    title: 'Nutrition talk',
    category: 'Health',
    durationMin: 45,
    description: 'Confirmed by the studio',
    serviceId: service.nutrition,
    needs: [teachers(resource.chris)],
    rule: {
      requiresActiveContract: false,
      staffConfirmation: true,
      latestTermValue: 3,
      latestTermUnit: 'DAY',
      earliestTermValue: 60,
      earliestTermUnit: 'DAY',
    },
  },
  {
    id: bookable.trialTraining,
    title: 'Trial training',
    category: 'Coaching',
    durationMin: 60,
    description: 'For those who want to try',
    serviceId: service.trialTraining,
    forCustomers: false,
    needs: [teachers(resource.anna, resource.ben)],
    rule: { requiresActiveContract: false },
  },
  {
    id: bookable.stretchBench,
    title: 'Stretching bench',
    category: 'Fitness',
    durationMin: 45,
    description: 'The bench in Room 2, without a trainer',
    serviceId: service.bodyCheck,
    needs: [{ kind: 'ROOM', pool: [resource.room2] }],
    rule: {},
  },
]

interface AppointmentPlan {
  /** Of the booking; its appointment has the same. */
  readonly id: number
  readonly customerId: number
  readonly bookableId: number
  readonly days: number
  readonly at: string
  readonly taken: readonly number[]
  readonly isCanceled?: true
  readonly waitsForStaff?: true
  /** Made under the trial offer of the demo; those to come wait for their confirmation. */
  readonly isTrial?: true
}

/** Ids of bookings with a story; those of classes stand beside them. */
export const appointmentBooking = {
  maxNext: 2033,
  maxPast: 2034,
  maxCanceled: 2035,
  ottoTomorrow: 2051,
  ottoFar: 2052,
  bobFar: 2055,
  noraPast: 2057,
  talkPending: 2061,
  timPending: 2063,
  tinaFirst: 2064,
  tinaSecond: 2065,
} as const

const trialWithAnna = { bookableId: bookable.trialTraining, taken: [resource.anna], isTrial: true } as const
const withAnna = { bookableId: bookable.personalTraining, taken: [resource.anna] } as const
const planned: readonly AppointmentPlan[] = [
  { id: appointmentBooking.maxNext, customerId: max, days: 2, at: '10:00', ...withAnna },
  { id: appointmentBooking.maxPast, customerId: max, days: -7, at: '10:00', ...withAnna },
  { id: appointmentBooking.maxCanceled, customerId: max, days: 3, at: '14:00', ...withAnna, isCanceled: true },
  { id: appointmentBooking.ottoTomorrow, customerId: otto, days: 1, at: '10:00', ...withAnna },
  { id: appointmentBooking.ottoFar, customerId: otto, days: farAhead, at: '10:00', ...withAnna },
  { id: appointmentBooking.noraPast, customerId: nora, days: -20, at: '10:00', ...withAnna },
  {
    id: appointmentBooking.bobFar,
    customerId: bob,
    bookableId: bookable.bodyCheck,
    days: farAhead,
    at: '13:00',
    taken: [resource.chris],
  },
  {
    id: appointmentBooking.talkPending,
    customerId: 1013,
    bookableId: bookable.nutritionTalk,
    days: 6,
    at: '13:00',
    taken: [resource.chris],
    waitsForStaff: true,
  },
  { id: appointmentBooking.timPending, customerId: tim, days: farAhead, at: '12:00', ...trialWithAnna },
  { id: appointmentBooking.tinaFirst, customerId: tina, days: -20, at: '14:00', ...trialWithAnna },
  { id: appointmentBooking.tinaSecond, customerId: tina, days: -3, at: '14:00', ...trialWithAnna },
]

export async function plantBookables(planting: Planting) {
  const studioId = berlin
  await plant(
    planting,
    bookingRules,
    plans.map(({ id, rule }) => ({ id, studioId, allowForeign: true, ...rule })),
  )
  await plant(
    planting,
    bookableAppointments,
    plans.map((plan) => {
      const { needs: _, rule: __, ...columns } = plan
      return { ...columns, ruleId: plan.id, studioId, attendanceDefault: 'PARTICIPATING' as const }
    }),
  )
  const lines = plans.flatMap(({ id, needs }) => needs.map((need, n) => ({ id: id * 10 + n, bookableId: id, ...need })))
  await plant(
    planting,
    requirements,
    lines.map(({ id, bookableId, kind }) => ({ id, bookableId, kind, studioId })),
  )
  const pools = lines.flatMap(({ id, bookableId, pool }) =>
    pool.map((resourceId, priority) => ({ requirementId: id, bookableId, resourceId, priority, studioId })),
  )
  await plant(planting, requirementResources, pools)
}

export async function plantAppointments(planting: Planting) {
  await plant(
    planting,
    appointments,
    planned.map((plan) => {
      const { from: startAt, until: endAt } = mainTime(planting, plan)
      const status = plan.isCanceled ? ('CANCELED' as const) : ('PLANNED' as const)
      return { id: plan.id, studioId: berlin, bookableId: plan.bookableId, startAt, endAt, status }
    }),
  )
  await plant(
    planting,
    bookings,
    planned.map((plan) => bookingRow(planting, plan)),
  )
  await plant(
    planting,
    resourceAllocations,
    planned.flatMap((plan) =>
      plan.taken.map((resourceId) => ({
        studioId: berlin,
        resourceId,
        during: mainTime(planting, plan),
        source: 'APPOINTMENT' as const,
        sourceId: plan.id,
        exclusive: true,
        active: !plan.isCanceled,
      })),
    ),
  )
}

function mainTime(planting: Planting, { bookableId, days, at }: AppointmentPlan) {
  const minutes = plans.find(({ id }) => id === bookableId)?.durationMin ?? 0
  return stretch(momentOn(planting, days, at), minutes)
}

function bookingRow(planting: Planting, plan: AppointmentPlan) {
  const during = mainTime(planting, plan)
  const { now } = planting.work
  return {
    id: plan.id,
    appointmentId: plan.id,
    studioId: berlin,
    kind: 'APPOINTMENT' as const,
    channel: 'API' as const,
    customerId: plan.customerId,
    during,
    ...plannedStatus(plan, during.from),
    ...(plan.isTrial ? plannedTrial(planting, plan) : {}),
    ...(plan.isCanceled ? { canceledAt: now, cancelReason: 'CUSTOMER', settledAt: now } : {}),
    ...(plan.days < 0 ? { participantStatus: 'PARTICIPATING' as const, settledAt: during.until } : {}),
  }
}

function plannedStatus({ isCanceled, waitsForStaff }: AppointmentPlan, confirmDeadline: Temporal.Instant) {
  if (isCanceled) return { status: 'CANCELED' as const }
  if (!waitsForStaff) return { status: 'BOOKED' as const }
  return { status: 'BOOKED_WITH_CONFIRMATION_REQUIRED' as const, confirmKind: 'STAFF' as const, confirmDeadline }
}

function plannedTrial(planting: Planting, { days, at }: AppointmentPlan) {
  const trial = { trialOfferConfigId: trialWeek, channel: 'TRIAL_OFFER' as const }
  if (days < 0) return { ...trial, confirmKind: 'LEAD' as const }
  const confirmDeadline = momentOn(planting, days - confirmationDays, at)
  return {
    ...trial,
    status: 'BOOKED_WITH_CONFIRMATION_REQUIRED' as const,
    confirmKind: 'LEAD' as const,
    confirmDeadline,
  }
}
