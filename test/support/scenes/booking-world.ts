import { bookingRules } from '../../../src/bookings/tables.ts'
import { classes, classSlotInstructors, classSlots } from '../../../src/classes/tables.ts'
import { resources } from '../../../src/resources/tables.ts'
import { customers } from '../../../src/customers/customer-table.ts'
import { employees, employeeStudios } from '../../../src/employees/tables.ts'
import { contractPhases, contracts, idlePeriods } from '../../../src/contracts/tables.ts'
import { rates } from '../../../src/membership-offers/tables.ts'
import { entitlements, services } from '../../../src/entitlements/tables.ts'
import type { UnitOfWork } from '../../../src/platform/units/work.ts'
import type { TestStudio } from './world.ts'

// Rows that bookings need, each with the fewest words. They go in without events or audit lines.

type Row<T extends { $inferInsert: object }> = Partial<T['$inferInsert']>
type AtStudio = Pick<TestStudio, 'studioId'>

const stamps = ({ now }: UnitOfWork) => ({ createdAt: now, updatedAt: now })
const date = (text: string) => Temporal.PlainDate.from(text)
let number = 0

export async function insertService({ tx, ...work }: UnitOfWork, name = 'Class') {
  const values = { name, kind: 'CLASS' as const, createdAt: work.now, updatedAt: work.now }
  const [row] = await tx.insert(services).values(values).returning({ id: services.id })
  return row?.id as number
}

/** A rule that asks for nothing. */
export async function insertRule(work: UnitOfWork, { studioId }: AtStudio, rule: Row<typeof bookingRules> = {}) {
  const values = { studioId, requiresActiveContract: false, allowForeign: false, ...stamps(work), ...rule }
  const [row] = await work.tx.insert(bookingRules).values(values).returning({ id: bookingRules.id })
  return row?.id as number
}

export interface ClassInput extends Row<typeof classes> {
  readonly rule?: Row<typeof bookingRules>
}

/** A class of 45 minutes that everybody may book. */
export async function insertClass(work: UnitOfWork, at: AtStudio, { rule, ...changes }: ClassInput = {}) {
  const ruleId = await insertRule(work, at, rule)
  const serviceId = changes.serviceId ?? (await insertService(work))
  const shape = { title: 'Yoga', type: 'STUDIO', durationMin: 45, studioId: at.studioId } as const
  const values = { ...shape, ruleId, ...stamps(work), ...changes, serviceId }
  const [row] = await work.tx.insert(classes).values(values).returning({ id: classes.id })
  return { classId: row?.id as number, serviceId, ruleId }
}

/** A planned slot of 45 minutes with ten seats and no waiting list. */
export async function insertSlot(
  work: UnitOfWork,
  at: AtStudio & { readonly classId: number },
  start: string,
  changes: Row<typeof classSlots> = {},
) {
  const startAt = Temporal.Instant.from(start)
  const values = {
    studioId: at.studioId,
    classId: at.classId,
    occurrenceDate: startAt.toZonedDateTimeISO('Europe/Berlin').toPlainDate(),
    startAt,
    endAt: startAt.add({ minutes: 45 }),
    status: 'PLANNED' as const,
    maxParticipants: 10,
    ...stamps(work),
    ...changes,
  }
  const [row] = await work.tx.insert(classSlots).values(values).returning({ id: classSlots.id })
  return row?.id as number
}

export async function insertEmployee(work: UnitOfWork, { studioId }: AtStudio, firstName = 'Anna') {
  const values = { firstName, lastName: 'Berg', ...stamps(work) }
  const [row] = await work.tx.insert(employees).values(values).returning({ id: employees.id })
  const employeeId = row?.id as number
  await work.tx.insert(employeeStudios).values({ employeeId, studioId, createdAt: work.now })
  return employeeId
}

export async function insertInstructor(
  work: UnitOfWork,
  { studioId }: AtStudio,
  slot: { readonly slotId: number; readonly employeeId: number; readonly standInFor?: number },
) {
  await work.tx.insert(classSlotInstructors).values({ studioId, ...slot, createdAt: work.now })
}

/** A room that serves one booking at once. */
export async function insertResource(work: UnitOfWork, { studioId }: AtStudio, changes: Row<typeof resources> = {}) {
  const kind = changes.kind ?? 'ROOM'
  const name = kind === 'EMPLOYEE' ? null : 'Room 1'
  const values = { studioId, name, ...stamps(work), ...changes, kind }
  const [row] = await work.tx.insert(resources).values(values).returning({ id: resources.id })
  return row?.id as number
}

export async function insertCustomer(work: UnitOfWork, { studioId }: AtStudio, changes: Row<typeof customers> = {}) {
  number += 1
  const values = {
    studioId,
    customerNumber: `T-${process.pid}-${number}`,
    uuid: crypto.randomUUID(),
    referralCode: `R${process.pid}-${number}`,
    firstName: 'Max',
    lastName: `Muster ${number}`,
    source: 'STAFF' as const,
    staticAccessNumber: String(100_000_000_000 + ((process.pid * 100_000 + number) % 899_999_999_999)),
    firstFold: 'max',
    firstFoldTr: 'max',
    lastFold: `muster ${number}`,
    lastFoldTr: `muster ${number}`,
    ...stamps(work),
    ...changes,
  }
  const [row] = await work.tx.insert(customers).values(values).returning({ id: customers.id })
  return row?.id as number
}

export interface ContractInput {
  readonly customerId: number
  readonly from?: string
  readonly lastDay?: string
  readonly openingHourCategoryId?: number | null
  readonly rateId?: number
}

/** A contract for the whole of 2026, of a rate of its own. */
export async function insertContract(work: UnitOfWork, { studioId }: AtStudio, input: ContractInput) {
  const { customerId, from = '2026-01-01', lastDay = '2026-12-31', openingHourCategoryId = null } = input
  const rateId = input.rateId ?? (await insertRate(work))
  const snapshot = { rateName: 'Flex', rateCodes: [], openingHourCategoryId }
  const days = { signingDate: date(from), startDate: date(from), committedEnd: date(lastDay) }
  const values = { studioId, customerId, snapshot, ...days, signedAt: work.now, origin: 'BACKOFFICE' as const }
  const [row] = await work.tx
    .insert(contracts)
    .values({ ...values, ...stamps(work) })
    .returning({ id: contracts.id })
  const contractId = row?.id as number
  const phase = { contractId, seq: 0, fromDate: date(from), rateId, snapshot, createdAt: work.now }
  await work.tx.insert(contractPhases).values(phase)
  return { contractId, rateId }
}

export async function insertRate(work: UnitOfWork, name = 'Flex') {
  const [row] = await work.tx
    .insert(rates)
    .values({ name, ...stamps(work) })
    .returning({ id: rates.id })
  return row?.id as number
}

export async function insertIdlePeriod(work: UnitOfWork, contractId: number, from: string, lastDay: string) {
  await work.tx.insert(idlePeriods).values({
    contractId,
    startDate: date(from),
    endDate: date(lastDay),
    state: 'ACCEPTED',
    policySnapshot: {},
    ...stamps(work),
  })
}

/** One use of the service per month, counted from the start of 2026, given by staff. */
export async function insertEntitlement(
  work: UnitOfWork,
  { studioId }: AtStudio,
  row: Row<typeof entitlements> & { readonly customerId: number; readonly serviceId: number },
) {
  const month = { quantity: 1, periodValue: 1, periodUnit: 'MONTH' as const, anchor: date('2026-01-01') }
  const valid = { source: 'GRANT' as const, validFrom: date('2026-01-01'), homeStudioId: studioId }
  const [inserted] = await work.tx
    .insert(entitlements)
    .values({ ...month, ...valid, ...stamps(work), ...row })
    .returning({ id: entitlements.id })
  return inserted?.id as number
}
