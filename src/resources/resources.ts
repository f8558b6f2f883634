import { nextId } from '../platform/database/next-id.ts'
import { lockWorking } from '../employees/index.ts'
import { badRequest, refuseFields, refuseUnknown, violation } from '../platform/errors/errors.ts'
import { isAfter } from '../platform/time/order.ts'
import { diffValues } from '../platform/units/audit-values.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { maxSimultaneous } from './timeline-rules.ts'
import {
  deleteAvailabilities,
  findResource,
  insertAbsence,
  insertAvailabilities,
  insertResource,
  type NewAvailability,
  type NewResource,
  updateResourceRow,
} from './plan-store.ts'
import { findResourceFacts, insertAllocations, listInstructorResources, lockResources } from './resource-store.ts'

/** Adds an instructor (an employee who works in the studio), a room or a device of a studio. Returns its id. */
export async function createResource(work: UnitOfWork, resource: NewResource): Promise<number> {
  const { studioId, kind, employeeId } = resource
  if ((kind === 'EMPLOYEE') !== (typeof employeeId === 'number')) throw refuseUnknown('employeeId')
  if (typeof employeeId === 'number' && (await lockWorking(work.tx, studioId, [employeeId])).length === 0)
    throw refuseUnknown('employeeId')
  const id = await insertResource(work.tx, resource, work.now)
  audit(work, { id, studioId: resource.studioId }, 'created', diffValues({}, resource))
  return id
}

/** Changes name, capacity or activity. What it is allocated to stays. */
export async function updateResource(
  work: UnitOfWork,
  resourceId: number,
  changes: Partial<Pick<NewResource, 'name' | 'description' | 'capacity' | 'active'>>,
) {
  const before = await openResource(work, resourceId)
  const diff = diffValues(before, changes)
  if (Object.keys(diff).length === 0) return
  await updateResourceRow(work.tx, resourceId, changes, work.now)
  audit(work, before, 'updated', diff)
}

async function openResource(work: UnitOfWork, resourceId: number) {
  await lockResources(work.tx, [resourceId])
  const resource = await findResource(work.db, resourceId)
  if (!resource) throw refuseUnknown('resourceId')
  return resource
}

/** Replaces the weekly shifts of a resource; without any it is available at all times. */
export async function setShifts(work: UnitOfWork, resourceId: number, shifts: readonly NewAvailability[]) {
  for (const [at, { validFrom, validTo }] of shifts.entries()) {
    if (!validFrom || !validTo || !isAfter(validFrom, validTo)) continue
    throw refuseFields([violation(`[${at}].validFrom`, 'dateOrder', { type: 'STRING', value: 'validTo' })])
  }
  const resource = await openResource(work, resourceId)
  await deleteAvailabilities(work.tx, resourceId)
  await insertAvailabilities(work.tx, resource, shifts, work.now)
  audit(work, resource, 'shifts', { shifts: [null, shifts] })
}

/** Makes bookings of an employee in these studios wait until this unit ends. */
export async function lockEmployeeResources(
  work: UnitOfWork,
  { employeeId, studioIds }: { readonly employeeId: number; readonly studioIds: readonly number[] },
) {
  const ids: number[] = []
  for (const studioId of studioIds)
    ids.push(...(await listInstructorResources(work.db, studioId, [employeeId])).map(({ resourceId }) => resourceId))
  await lockResources(work.tx, ids)
}

/** A stretch of time without end has no `until`. */
export interface Span {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant | null
}

/** Notes that a resource is away. Bookings that it is needed for stay; staff move or cancel them. Returns its id. */
export async function addAbsence(
  work: UnitOfWork,
  resourceId: number,
  during: Span,
  reason: string | null = null,
): Promise<number> {
  refuseReversed(during)
  const resource = await openResource(work, resourceId)
  const id = await insertAbsence(work.tx, resource, { during, reason }, work.now)
  audit(work, resource, 'absent', {
    from: [null, String(during.from)],
    until: [null, during.until && String(during.until)],
  })
  return id
}

function refuseReversed({ from, until }: Span) {
  if (until !== null && !isAfter(until, from)) throw badRequest('errormessage.booking.endDateTimeNotAfterStartDateTime')
}

/** Staff's consent to collisions of rooms and instructors. */
export interface PlanOptions {
  readonly override?: boolean
}

/** Keeps a resource free of bookings for a while. A collision is refused unless staff put up with it. Returns its id. */
export async function blockResource(
  work: UnitOfWork,
  resourceId: number,
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
  { override = false }: PlanOptions = {},
): Promise<number> {
  refuseReversed({ from, until })
  const resource = await openResource(work, resourceId)
  const [facts] = await findResourceFacts(work.db, [resourceId], { from, until })
  const busy = (facts?.allocations ?? []).toSorted((a, b) => a.from - b.from)
  const collides = maxSimultaneous(busy, { from: from.epochMilliseconds, until: until.epochMilliseconds }) > 0
  if (collides && !override) throw refuseTaken()
  const sourceId = await nextId(work.db)
  // A blocking takes the whole resource, however many bookings it serves at once.
  const rows = Array.from({ length: resource.capacity }, () => ({
    studioId: resource.studioId,
    resourceId,
    during: { from, until },
    source: 'BLOCKING' as const,
    sourceId,
    exclusive: resource.capacity === 1 && !collides,
  }))
  await insertAllocations(work.tx, rows, work.now)
  audit(work, resource, 'blocked', { from: [null, String(from)], until: [null, String(until)] })
  return sourceId
}

/** The same answer as a booking gets that finds the resource taken. */
function refuseTaken() {
  return badRequest('errormessage.booking.resourceNotAvailable', {
    args: [{ type: 'ENUM', value: 'RESOURCE_NOT_AVAILABLE' }],
  })
}

type Diff = ReturnType<typeof diffValues>

function audit(work: UnitOfWork, { id, studioId }: { id: number; studioId: number }, action: string, diff: Diff) {
  work.audit({ action: `resource.${action}`, entityKind: 'resource', entityId: id, studioId, diff })
}
