import { diffValues } from '../platform/units/audit-values.ts'
import { conflict, notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { insertClass, type NewClass, updateClassRow } from './class-plan-store.ts'
import {
  type BookingRuleInput,
  insertBookingRule,
  lockBookingRule,
  refuseHalfRule,
  updateBookingRule,
} from '../bookings/index.ts'
import { lockClass } from './slot-planning/slot-plan-store.ts'

/** Adds a rule for classes or bookable appointments. Returns its id. */
export async function createBookingRule(work: UnitOfWork, studioId: number, rule: BookingRuleInput): Promise<number> {
  refuseHalfRule(rule)
  const id = await insertBookingRule(work.tx, studioId, rule, work.now)
  const entity = { entityKind: 'bookingRule', entityId: id, studioId }
  work.audit({ action: 'bookingRule.created', ...entity, diff: diffValues({}, rule) })
  return id
}

/** Changes a rule for all bookings to come. With `version`, refuses when another writer has changed it since. */
export async function changeBookingRule(
  work: UnitOfWork,
  ruleId: number,
  changes: Partial<BookingRuleInput>,
  version?: number,
) {
  const before = await lockBookingRule(work.tx, ruleId)
  if (!before) throw refuseFields([violation('ruleId', 'format', { type: 'STRING', value: 'id' })])
  refuseStale(before.version, version)
  const diff = diffValues(before, changes)
  if (Object.keys(diff).length === 0) return
  refuseHalfRule({ ...before, ...changes })
  await updateBookingRule(work.tx, ruleId, changes, work.now)
  const entity = { entityKind: 'bookingRule', entityId: ruleId, studioId: before.studioId }
  work.audit({ action: 'bookingRule.updated', ...entity, diff })
}

/** Adds a class without slots. Returns its id. */
export async function createClass(work: UnitOfWork, gymClass: NewClass): Promise<number> {
  refuseImpossible(gymClass)
  const id = await insertClass(work.tx, gymClass, work.now)
  const { studioId } = gymClass
  work.audit({ action: 'class.created', entityKind: 'class', entityId: id, studioId, diff: diffValues({}, gymClass) })
  return id
}

/** Changes a class. Its slots keep time and capacity; texts, rule and visibility take effect on all of them at once. */
export async function updateClass(
  work: UnitOfWork,
  classId: number,
  changes: Partial<Omit<NewClass, 'studioId'>>,
  version?: number,
) {
  const before = await lockClass(work.tx, classId)
  if (!before) throw notFound('class', classId)
  refuseStale(before.version, version)
  const diff = diffValues(before, changes)
  if (Object.keys(diff).length === 0) return
  refuseImpossible({ ...before, ...changes })
  await updateClassRow(work.tx, classId, changes, work.now)
  const entity = { entityKind: 'class', entityId: classId, studioId: before.studioId }
  work.audit({ action: 'class.updated', ...entity, diff })
}

function refuseStale(current: number, expected: number | undefined) {
  if (expected !== undefined && expected !== current) throw conflict('errormessage.concurrentModification')
}

function refuseImpossible({ title, durationMin }: Pick<NewClass, 'title' | 'durationMin'>) {
  if (title.trim() === '') throw refuseFields([violation('title', 'required')])
  if (durationMin <= 0) throw refuseFields([violation('durationMin', 'min', { type: 'INTEGER', value: 1 })])
}
