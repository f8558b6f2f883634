import { and, asc, eq, gte, lt, ne, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../../platform/database/database.ts'
import { type SlotContext, slotContexts } from '../slot-store.ts'
import { classSlots } from '../tables.ts'
import type { Window } from '../../bookings/index.ts'

const wished = sql`${sql.placeholder('start')}::timestamptz`

const nearSlots = prepared((db) =>
  slotContexts(db)
    .where(
      and(
        eq(classSlots.classId, sql.placeholder('classId')),
        eq(classSlots.status, 'PLANNED'),
        ne(classSlots.id, sql.placeholder('classSlotId')),
        gte(classSlots.startAt, sql.placeholder('from')),
        lt(classSlots.startAt, sql.placeholder('until')),
      ),
    )
    .orderBy(sql`abs(extract(epoch from ${classSlots.startAt} - ${wished}))`, asc(classSlots.startAt))
    .limit(sql.placeholder('limit'))
    .prepare('classes_list_near_slots'),
)

/** The other slots of a class around one of them. */
export interface NearQuestion extends Window {
  readonly classId: number
  readonly classSlotId: number
  /** What they shall be near to. */
  readonly start: Temporal.Instant
  readonly limit: number
}

/** Planned slots of the class that start in the window, the nearest first, with all that bookings of them ask. */
export function listNearSlots(db: Queryable, question: NearQuestion, now: Temporal.Instant): Promise<SlotContext[]> {
  return nearSlots(db).execute({ ...question, start: question.start.toString(), now: now.toString() })
}
