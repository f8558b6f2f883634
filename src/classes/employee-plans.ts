import { and, asc, eq, gt, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import type { EmployeePlan, Leaving, PlanningHook } from '../employees/index.ts'
import type { Queryable } from '../platform/database/database.ts'
import { ApiError } from '../platform/errors/errors.ts'
import type { RunUnit, UnitOfWork } from '../platform/units/work.ts'
import { endSeries } from './series/series-changes.ts'
import { updateSeries } from './series/series.ts'
import { openSlot } from './settling.ts'
import { cancelSlot, changeSlot } from './slot-planning/slot-changes.ts'
import { listStaffing, lockSeries } from './slot-planning/slot-plan-store.ts'
import { updateSlot } from './slot-store.ts'
import { classes, classSeries, classSlotInstructors, classSlots } from './tables.ts'

/** What classes plan employees for: slots to come, then the series that would plan more. */
export const classPlans: PlanningHook = {
  list: async (db, leaving, now) => [...(await listSlots(db, leaving, now)), ...(await listSeries(db, leaving, now))],
  resolve: (run, plan, who) =>
    plan.kind === 'CLASS_SLOT' ? resolveSlot(run, plan, who) : resolveSeries(run, plan, who),
}

async function listSlots(db: Queryable, { employeeId, studioIds }: Leaving, now: Temporal.Instant) {
  const rows = await db
    .select({ id: classSlots.id, studioId: classSlots.studioId, title: classes.title, start: classSlots.startAt })
    .from(classSlotInstructors)
    .innerJoin(classSlots, eq(classSlots.id, classSlotInstructors.slotId))
    .innerJoin(classes, eq(classes.id, classSlots.classId))
    .where(
      and(
        eq(classSlotInstructors.employeeId, employeeId),
        inArray(classSlots.studioId, [...studioIds]),
        eq(classSlots.status, 'PLANNED'),
        gt(classSlots.startAt, now),
      ),
    )
    .orderBy(asc(classSlots.startAt), asc(classSlots.id))
  return rows.map((row): EmployeePlan => ({ kind: 'CLASS_SLOT', ...row }))
}

async function listSeries(db: Queryable, { employeeId, studioIds }: Leaving, now: Temporal.Instant) {
  const yesterday = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 })
  const rows = await db
    .select({ id: classSeries.id, studioId: classSeries.studioId, title: classes.title })
    .from(classSeries)
    .innerJoin(classes, eq(classes.id, classSeries.classId))
    .where(
      and(
        sql`${employeeId}::bigint = any(${classSeries.instructors})`,
        inArray(classSeries.studioId, [...studioIds]),
        or(isNull(classSeries.toDate), gte(classSeries.toDate, yesterday)),
      ),
    )
    .orderBy(asc(classSeries.id))
  return rows.map((row): EmployeePlan => ({ kind: 'CLASS_SERIES', ...row }))
}

type Who = Parameters<PlanningHook['resolve']>[2]

async function resolveSlot(run: RunUnit, { id }: EmployeePlan, who: Who) {
  const { employeeId, standInId } = who
  if (standInId === null) return run((work) => cancelSlot(work, id))
  try {
    await run(async (work) => {
      const others = (await listStaffing(work.db, id)).filter((one) => one.employeeId !== employeeId)
      const isThere = others.some((one) => one.employeeId === standInId)
      const instructors = isThere ? others : [...others, { employeeId: standInId, standInFor: employeeId }]
      return changeSlot(work, id, { instructors }, { followsSeries: true })
    })
  } catch (error) {
    // Else the series would give it to the busy stand-in all the same.
    if (error instanceof ApiError) await run((work) => leaveSeries(work, id))
    throw error
  }
}

async function leaveSeries(work: UnitOfWork, classSlotId: number) {
  const facts = await openSlot(work, classSlotId)
  if (!facts || facts.row.seriesId === null || facts.row.detached) return
  await updateSlot(work.tx, classSlotId, { detached: true }, work.now)
  const { studioId } = facts.row
  const diff = { detached: [false, true] } as const
  work.audit({ action: 'classSlot.detached', entityKind: 'classSlot', entityId: classSlotId, studioId, diff })
}

function resolveSeries(run: RunUnit, { id }: EmployeePlan, { employeeId, standInId }: Who) {
  return run(async (work) => {
    if (standInId === null) return void (await endSeries(work, id))
    const row = await lockSeries(work.tx, id)
    if (!row) return
    const instructors = row.instructors.map((one) => (one === employeeId ? standInId : one))
    // Each slot was asked for collisions by itself before; those that collide have left the series.
    await updateSeries(work, id, { instructors: [...new Set(instructors)] }, { override: true })
  })
}
