import { diffValues, hashed } from '../platform/units/audit-values.ts'
import { conflict, notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import {
  endAssignments,
  insertAssignments,
  insertEmployee,
  listEmployeeCompetences,
  listEmployeeStudioIds,
  lockEmployee,
  type NewEmployee,
  replaceEmployeeCompetences,
  saveCompetences,
  updateEmployeeRow,
} from './store.ts'
import { employeeHooks } from './hooks.ts'
import { type Handover, leaveStudios } from './leaving.ts'
import { employeeCreated, employeeDeleted, employeeUpdated } from './events.ts'
import type { EventDeclaration } from '../platform/units/events.ts'

export type EmployeeInput = NewEmployee & {
  readonly studioIds: readonly number[]
  /** Names; unknown ones are added to the tenant's list. */
  readonly competences?: readonly string[]
}

export type EmployeeChanges = Partial<Omit<NewEmployee, 'id'>> & { readonly competences?: readonly string[] }

/** What the audit log shows in clear; everything else of an employee is personal. */
const openFields: ReadonlySet<string> = new Set(['businessRole', 'externalRole', 'competences', 'imageFileId'])

/** Adds an employee to one or more studios. */
export async function createEmployee(work: UnitOfWork, input: EmployeeInput, secrets: Secrets): Promise<number> {
  const { studioIds, competences = [], ...employee } = input
  const { tx, now } = work
  const employeeId = await insertEmployee(tx, employee, now)
  await insertAssignments(tx, employeeId, studioIds, now)
  await replaceEmployeeCompetences(tx, employeeId, await saveCompetences(tx, [...new Set(competences)], now))
  const diff = diffValues<EmployeeChanges>({}, { ...employee, competences }, showing(secrets))
  work.audit({ action: 'employee.created', entityKind: 'employee', entityId: employeeId, diff })
  announceEmployee(work, employeeCreated, employeeId, studioIds)
  return employeeId
}

/** Changes an employee; partners of all studios in which he or she works receive an event, unless nothing has changed. */
export async function updateEmployee(
  work: UnitOfWork,
  employeeId: number,
  { competences, ...changes }: EmployeeChanges,
  { secrets, version }: { readonly secrets: Secrets; readonly version?: number },
) {
  const { tx, now } = work
  const before = await lockEmployee(tx, employeeId)
  if (!before) throw notFound('employee', employeeId)
  if (version !== undefined && version !== before.version) throw conflict('errormessage.concurrentModification')
  const wanted = competences && [...new Set(competences)].sort(byCodePoint)
  const diff = diffValues<EmployeeChanges>(
    { ...before, competences: await listEmployeeCompetences(tx, employeeId) },
    { ...changes, ...defined({ competences: wanted }) },
    showing(secrets),
  )
  if (Object.keys(diff).length === 0) return
  await updateEmployeeRow(tx, employeeId, changes, now)
  if (wanted) await replaceEmployeeCompetences(tx, employeeId, await saveCompetences(tx, wanted, now))
  work.audit({ action: 'employee.updated', entityKind: 'employee', entityId: employeeId, diff })
  announceEmployee(work, employeeUpdated, employeeId, await listEmployeeStudioIds(tx, employeeId))
}

/**
 * Removes an employee from all studios; bookings and contracts keep referring to the row. Answers what the employee was
 * planned for, see `leaveStudios`.
 */
export async function deleteEmployee(work: UnitOfWork, employeeId: number, handover: Handover = {}) {
  const { tx, now } = work
  if (!(await lockEmployee(tx, employeeId))) throw notFound('employee', employeeId)
  const studioIds = await listEmployeeStudioIds(tx, employeeId)
  await employeeHooks().lockBookings(work, { employeeId, studioIds })
  await endAssignments(tx, employeeId, now)
  await updateEmployeeRow(tx, employeeId, { deletedAt: now }, now)
  work.audit({ action: 'employee.deleted', entityKind: 'employee', entityId: employeeId })
  announceEmployee(work, employeeDeleted, employeeId, studioIds)
  return leaveStudios(work, { employeeId, studioIds }, handover)
}

/**
 * Sets the studios in which an employee works: partners receive an event for each studio that is added or removed. Answers what the
 * employee was planned for in those that he or she leaves, see `leaveStudios`.
 */
export async function assignEmployee(
  work: UnitOfWork,
  employeeId: number,
  studioIds: readonly number[],
  handover: Handover = {},
) {
  const { tx, now } = work
  if (studioIds.length === 0) throw refuseFields([violation('studioIds', 'minItems', { type: 'INTEGER', value: 1 })])
  if (!(await lockEmployee(tx, employeeId))) throw notFound('employee', employeeId)
  const before = await listEmployeeStudioIds(tx, employeeId)
  const added = studioIds.filter((id) => !before.includes(id))
  const removed = before.filter((id) => !studioIds.includes(id))
  if (added.length === 0 && removed.length === 0) return []
  await employeeHooks().lockBookings(work, { employeeId, studioIds: removed })
  await insertAssignments(tx, employeeId, added, now)
  for (const studioId of removed) await endAssignments(tx, employeeId, now, studioId)
  const diff = { studioIds: [before, studioIds] } as const
  work.audit({ action: 'employee.assigned', entityKind: 'employee', entityId: employeeId, diff })
  announceEmployee(work, employeeCreated, employeeId, added)
  announceEmployee(work, employeeDeleted, employeeId, removed)
  return leaveStudios(work, { employeeId, studioIds: removed }, handover)
}

function announceEmployee(work: UnitOfWork, event: EventDeclaration, employeeId: number, studioIds: readonly number[]) {
  if (studioIds.length > 0) work.emit(event({ entityId: employeeId, audienceStudioIds: studioIds }))
}

function showing(secrets: Secrets) {
  return (field: string, value: unknown) => (openFields.has(field) ? value : hashed(secrets, field, value))
}

function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
