import { and, eq, gte, lt, sql } from 'drizzle-orm'
import { classSlots } from '../classes/tables.ts'
import { bookings } from '../bookings/tables.ts'
import type { Job } from '../platform/jobs/job.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { instantAt } from '../platform/time/zoned-time.ts'
import { findTenant, listClosings, saveOpeningHours } from '../studios/index.ts'
import { berlin, closingsFrom, demoTenant } from './house/chain.ts'
import { payAsUsual } from './contracts/books.ts'
import { crowd, FILLED_DAYS } from './planning/class-bookings.ts'
import { type ClassPlan, cycling, yoga } from './planning/classes.ts'
import { berlinTime } from './planting.ts'

/** Keeps the demo chain lively: tomorrow there are full classes again, a day off lies ahead, and members pay. */
export const demoJob: Job = {
  kind: 'DAILY',
  name: 'demo.replan',
  at: Temporal.PlainTime.from('03:30'),
  run: async (work, studio) => {
    if (studio.id !== berlin || (await findTenant(work.db))?.name !== demoTenant.name) return
    const today = work.now.toZonedDateTimeISO(berlinTime).toPlainDate()
    await planDayOff(work, today)
    await fill(work, today, yoga, 2)
    await fill(work, today, cycling, cycling.queueLength ?? 0)
    await payAsUsual(work, today)
  },
}

/** The last day off is over: the next one follows. */
async function planDayOff(work: UnitOfWork, today: Temporal.PlainDate) {
  const span = { from: today.toPlainDateTime(), until: today.add({ days: 30 }).toPlainDateTime() }
  const ahead = await listClosings(work.db, berlin, span)
  if (ahead.length === 0) await saveOpeningHours(work, berlin, { closings: closingsFrom(today) })
}

/** Fills the slots of the next days that nobody has booked yet. */
async function fill(work: UnitOfWork, today: Temporal.PlainDate, plan: ClassPlan, waiting: number) {
  const dayStart = (days: number) => instantAt(today.add({ days }), Temporal.PlainTime.from('00:00'), berlinTime)
  const slots = await work.tx
    .select({ id: classSlots.id, from: classSlots.startAt, until: classSlots.endAt })
    .from(classSlots)
    .where(
      and(
        eq(classSlots.classId, plan.id),
        eq(classSlots.bookedCount, 0),
        eq(classSlots.status, 'PLANNED'),
        gte(classSlots.startAt, dayStart(1)),
        lt(classSlots.startAt, dayStart(FILLED_DAYS)),
      ),
    )
    .for('update')
  for (const slot of slots)
    await fillSlot(work, slot, crowd(plan, Math.floor(slot.from.epochMilliseconds / 864e5), waiting))
}

/** A customer who has another booking at that time stays away. */
async function fillSlot(
  { tx, now, audit }: UnitOfWork,
  { id, from, until }: { readonly id: number; readonly from: Temporal.Instant; readonly until: Temporal.Instant },
  people: ReturnType<typeof crowd>,
) {
  const rows = await tx
    .insert(bookings)
    .values(
      people.map((person) => ({
        ...person,
        classSlotId: id,
        studioId: berlin,
        kind: 'CLASS' as const,
        channel: 'API' as const,
        during: { from, until },
        createdAt: now,
        updatedAt: now,
      })),
    )
    .onConflictDoNothing()
    .returning({ status: bookings.status })
  const waiting = rows.filter(({ status }) => status === 'WAITING_LIST').length
  await tx
    .update(classSlots)
    .set({
      bookedCount: rows.length - waiting,
      waitingCount: waiting,
      nextQueueNo: waiting + 1,
      updatedAt: now,
      version: sql`${classSlots.version} + 1`,
    })
    .where(eq(classSlots.id, id))
  audit({ action: 'demo.slotFilled', entityKind: 'classSlot', entityId: id, studioId: berlin })
}
