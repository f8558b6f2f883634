import { eq } from 'drizzle-orm'
import { bookableAppointments, requirementResources, requirements } from '../../../src/appointments/tables.ts'
import type { bookingRules } from '../../../src/bookings/tables.ts'
import {
  resourceAbsences,
  resourceAllocations,
  resourceAvailabilities,
  resources,
} from '../../../src/resources/tables.ts'
import type { UnitOfWork } from '../../../src/platform/units/work.ts'
import { saveOpeningHours } from '../../../src/studios/index.ts'
import type { TestAnswer, TestApp } from '../app.ts'
import { insertEmployee, insertResource, insertRule, insertService } from './booking-world.ts'
import type { TestStudio } from './world.ts'
import { defined } from '../../../src/platform/values/defined.ts'

type Row<T extends { $inferInsert: object }> = Partial<T['$inferInsert']>
type AtStudio = Pick<TestStudio, 'studioId'>

export interface LineInput {
  readonly kind: 'EMPLOYEE' | 'ROOM' | 'DEVICE'
  readonly count?: number
  /** Resource ids, in the order of their priority. */
  readonly pool: readonly number[]
}

export interface BookableInput extends Row<typeof bookableAppointments> {
  readonly rule?: Row<typeof bookingRules>
  readonly lines?: readonly LineInput[]
}

/** A bookable of 45 minutes on a grid of 15 that everybody may book and that needs nothing unless lines are given. */
export async function insertBookable(work: UnitOfWork, at: AtStudio, { rule, lines = [], ...changes }: BookableInput) {
  const { studioId } = at
  const ruleId = await insertRule(work, at, { allowForeign: true, ...rule })
  const serviceId = changes.serviceId ?? (await insertService(work, 'Training'))
  const shape = { studioId, title: 'Training', durationMin: 45, ruleId, createdAt: work.now, updatedAt: work.now }
  const [row] = await work.tx
    .insert(bookableAppointments)
    .values({ ...shape, ...changes, serviceId })
    .returning({ id: bookableAppointments.id })
  const bookableId = row?.id as number
  for (const line of lines) await insertLine(work, { studioId, bookableId }, line)
  return { bookableId, serviceId }
}

async function insertLine(
  work: UnitOfWork,
  owner: { readonly studioId: number; readonly bookableId: number },
  { kind, count = 1, pool }: LineInput,
) {
  const [row] = await work.tx
    .insert(requirements)
    .values({ ...owner, kind, count, createdAt: work.now })
    .returning({ id: requirements.id })
  const requirementId = row?.id as number
  const members = pool.map((resourceId, priority) => ({ resourceId, priority }))
  await work.tx
    .insert(requirementResources)
    .values(members.map((one) => ({ ...owner, ...one, requirementId, createdAt: work.now })))
}

/** An employee who can be booked. */
export async function insertTrainer(work: UnitOfWork, at: AtStudio, firstName = 'Anna') {
  const employeeId = await insertEmployee(work, at, firstName)
  const resourceId = await insertResource(work, at, { kind: 'EMPLOYEE', employeeId })
  return { employeeId, resourceId }
}

const everyDay = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const

/** The same shift on every day of the week. */
export async function insertShift(
  work: UnitOfWork,
  { studioId }: AtStudio,
  { resourceId, from, to }: { readonly resourceId: number; readonly from: string; readonly to: string },
) {
  const times = { timeFrom: Temporal.PlainTime.from(from), timeTo: Temporal.PlainTime.from(to) }
  await work.tx
    .insert(resourceAvailabilities)
    .values(everyDay.map((weekday) => ({ studioId, resourceId, weekday, ...times, createdAt: work.now })))
}

interface Occupied {
  readonly resourceId: number
  readonly from: string
  readonly until: string
}

function toRange({ from, until }: Occupied) {
  return { from: Temporal.Instant.from(from), until: Temporal.Instant.from(until) }
}

export async function insertAbsence(work: UnitOfWork, { studioId }: AtStudio, absence: Occupied) {
  const { resourceId } = absence
  await work.tx.insert(resourceAbsences).values({ studioId, resourceId, during: toRange(absence), createdAt: work.now })
}

/** Staff keep the resource for something else. */
export async function insertBlocking(work: UnitOfWork, { studioId }: AtStudio, blocking: Occupied) {
  const { resourceId } = blocking
  const [{ capacity } = { capacity: 1 }] = await work.tx
    .select({ capacity: resources.capacity })
    .from(resources)
    .where(eq(resources.id, resourceId))
  const row = { studioId, resourceId, during: toRange(blocking), source: 'BLOCKING' as const, sourceId: resourceId }
  await work.tx.insert(resourceAllocations).values({ ...row, exclusive: capacity === 1, createdAt: work.now })
}

/** Open at the same times every day; equal times mean around the clock. */
export async function openDaily(work: UnitOfWork, { studioId }: AtStudio, from: string, to: string) {
  const times = { timeFrom: Temporal.PlainTime.from(from), timeTo: Temporal.PlainTime.from(to) }
  const row = { kind: 'INTERNAL', dayFrom: 'MONDAY', dayTo: 'SUNDAY', ...times } as const
  await saveOpeningHours(work, studioId, { hours: [row] })
}

/** The calls of the API for appointments, with as few words as tests need. */
export function appointmentCalls(app: TestApp) {
  const body = (wish: BookingWish) => ({
    customerId: wish.customerId,
    bookableAppointmentId: wish.bookableId,
    startDateTime: wish.start,
    endDateTime: wish.end ?? Temporal.Instant.from(wish.start).add({ minutes: 45 }).toString(),
    ...defined({ instructorIds: wish.instructorIds }),
  })
  return {
    slots: (bookableId: number, query: Readonly<Record<string, string | number>> = {}): Promise<TestAnswer> => {
      const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
      return app.get(`/v1/appointments/bookable/${bookableId}/slots?${text}`)
    },
    validate: async (wish: BookingWish): Promise<string> => {
      const answer = await app.post('/v1/appointments/bookable/validate', body(wish))
      return answer.body.validationStatus ?? answer.body.errorCode
    },
    book: (wish: BookingWish, as?: TestStudio) =>
      app.post('/v1/appointments/booking/book', body(wish), as ? { as } : {}),
    cancel: (bookingId: number) => app.delete(`/v1/appointments/booking/${bookingId}`),
  }
}

export interface BookingWish {
  readonly customerId: number
  readonly bookableId: number
  readonly start: string
  /** 45 minutes later when left out. */
  readonly end?: string
  readonly instructorIds?: readonly number[]
}

/** `09:15` of a printed date-time. */
export function toClock(dateTime: string): string {
  return dateTime.slice(11, 16)
}
