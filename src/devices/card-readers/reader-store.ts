import { and, eq, isNull, sql, type SQLWrapper } from 'drizzle-orm'
import { checkIns } from '../../checkins/tables.ts'
import { constant } from '../../platform/database/columns.ts'
import { prepared, preparedWrite, type Queryable, type Tx } from '../../platform/database/database.ts'
import { ready } from '../../platform/database/in-order.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { deviceAccessLog, devices, parkingLots, parkingStays } from '../tables.ts'

const deviceLock = preparedWrite((tx) =>
  tx
    .select({ id: devices.id })
    .from(devices)
    .where(eq(devices.id, sql.placeholder('deviceId')))
    .for('no key update')
    .prepare('devices_lock_reader'),
)

/** Lets the calls of one device pass one after the other, so that a repeated reading meets what the first one did. */
export const readyReaderLock = (deviceId: number) => ready(deviceLock, { deviceId })

export interface ReaderQuestion {
  readonly deviceId: number
  readonly customerId: number
  readonly action: string
}

export interface ReaderFacts {
  readonly integrationId: number | null
  /** When this device last did this for this customer. */
  readonly lastDoneAt: Temporal.Instant | null
  /** A visit of the customer is open in the studio of the device. */
  readonly isInside: boolean
}

/** When a device last did an `action` for a person, as a part of a statement about the device. */
export function lastDone(db: Queryable, customerId: SQLWrapper, action: SQLWrapper) {
  const done = db
    .select({ at: sql`max(${deviceAccessLog.at})` })
    .from(deviceAccessLog)
    .where(
      and(
        eq(deviceAccessLog.deviceId, devices.id),
        eq(deviceAccessLog.customerId, customerId),
        sql`${deviceAccessLog.outcome} = ${constant('DONE')}`,
        sql`${deviceAccessLog.action} = ${action}`,
      ),
    )
  return sql<string | null>`(${done})`.as('last_done_at')
}

const readerFacts = prepared((db) => {
  const customerId = sql.placeholder('customerId')
  const openVisit = db
    .select({ one: sql`1` })
    .from(checkIns)
    .where(
      and(eq(checkIns.customerId, customerId), eq(checkIns.studioId, devices.studioId), isNull(checkIns.checkedOutAt)),
    )
  return db
    .select({
      integrationId: devices.integrationId,
      lastDoneAt: lastDone(db, sql`${customerId}::bigint`, sql.placeholder('action')),
      isInside: sql<boolean>`exists (${openVisit})`,
    })
    .from(devices)
    .where(eq(devices.id, sql.placeholder('deviceId')))
    .prepare('devices_find_reader_facts')
})

/** What a reader has to know besides who stands before it. Undefined when the device is gone. */
export const readyReaderFacts = (question: ReaderQuestion) =>
  ready(
    readerFacts,
    { ...question },
    ([row]): ReaderFacts | undefined =>
      row && { ...row, lastDoneAt: row.lastDoneAt === null ? null : Temporal.Instant.from(row.lastDoneAt) },
  )

export interface LotFacts {
  readonly capacity: number
  readonly taken: number
  /** The car of the customer is in. */
  readonly isIn: boolean
}

const lotFacts = prepared((db) => {
  const isOpen = and(eq(parkingStays.lotId, parkingLots.id), isNull(parkingStays.leftAt))
  const taken = db.select({ count: sql`count(*)::int` }).from(parkingStays).where(isOpen)
  const own = db
    .select({ one: sql`1` })
    .from(parkingStays)
    .where(and(isOpen, eq(parkingStays.customerId, sql.placeholder('customerId'))))
  return db
    .select({ capacity: parkingLots.capacity, taken: sql<number>`(${taken})`, isIn: sql<boolean>`exists (${own})` })
    .from(parkingLots)
    .where(eq(parkingLots.id, sql.placeholder('lotId')))
    .prepare('devices_find_lot_facts')
})

export async function findLotFacts(db: Queryable, lotId: number, customerId: number): Promise<LotFacts | undefined> {
  const [row] = await lotFacts(db).execute({ lotId, customerId })
  return row
}

/** Another unit that drives in or out waits until this one ends. */
export async function lockLot(tx: Tx, lotId: number) {
  await tx.select({ id: parkingLots.id }).from(parkingLots).where(eq(parkingLots.id, lotId)).for('no key update')
}

export async function insertStay(tx: Tx, lotId: number, customerId: number, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(parkingStays)
    .values({ lotId, customerId, enteredAt: now, createdAt: now })
    .returning({ id: parkingStays.id })
  return returnedId(rows)
}

/** Ends the open stay of a customer; undefined when there is none. */
export async function endStay(tx: Tx, lotId: number, customerId: number, now: Temporal.Instant) {
  const [row] = await tx
    .update(parkingStays)
    .set({ leftAt: now })
    .where(and(eq(parkingStays.lotId, lotId), eq(parkingStays.customerId, customerId), isNull(parkingStays.leftAt)))
    .returning({ id: parkingStays.id })
  return row?.id
}
