import { and, eq, sql } from 'drizzle-orm'
import { plainParts, type PlainRow } from '../../checkins/index.ts'
import { selectHolder, type WantedMedium, wantedType } from '../../customers/index.ts'
import { customers } from '../../customers/customer-table.ts'
import { customerStandings } from '../../customers/tables.ts'
import { prepared, type Queryable } from '../../platform/database/database.ts'
import { GatheredReads } from '../../platform/units/gathered-reads.ts'
import { studios } from '../../studios/tables.ts'
import type { DeviceView } from '../calls.ts'
import { lastDone } from './reader-store.ts'
import { devices } from '../tables.ts'

/** What is shown to a reader: a medium, or a code that names a person. */
type Kind = WantedMedium['type'] | 'PERSON'

/** One reading among those that a statement is about. */
const asked = {
  no: sql<number>`asked.no`,
  deviceId: sql`asked.device_id`,
  action: sql`asked.action`,
  now: sql`asked.now`,
  wanted: sql`asked.wanted`,
}

const readings = (kind: Kind) =>
  sql`json_to_recordset(${sql.placeholder('readings')}::json)
    as asked(no int, device_id bigint, action text, now timestamptz, wanted ${sql.raw(kind === 'PERSON' ? 'bigint' : wantedType(kind))})`

/** A person whom a code names, to be joined like the holder of a medium. */
const selectPerson = (db: Queryable) =>
  db.select({ customerId: customers.id }).from(customers).where(sql`${customers.id} = ${asked.wanted}`).as('holder')

function selectDoor(db: Queryable, kind: Kind) {
  const holder = kind === 'PERSON' ? selectPerson(db) : selectHolder(db, kind, asked)
  return (
    db
      .select({
        isActive: sql<boolean>`${devices.state} = 'ACTIVE'`.as('is_active'),
        integrationId: devices.integrationId,
        customerId: holder.customerId,
        lastDoneAt: lastDone(db, holder.customerId, asked.action),
        ...plainParts,
      })
      .from(devices)
      .innerJoin(studios, and(eq(studios.tenantId, devices.tenantId), eq(studios.id, devices.studioId)))
      .leftJoinLateral(holder, sql`true`)
      .leftJoin(
        customerStandings,
        and(eq(customerStandings.tenantId, devices.tenantId), eq(customerStandings.customerId, holder.customerId)),
      )
      .where(sql`${devices.id} = ${asked.deviceId}`)
      // Keeps the planner from joining all readings at once, which it would do by reading whole tables.
      .limit(1)
      .as('door')
  )
}

const findDoors = (kind: Kind) =>
  prepared((db) => {
    const door = selectDoor(db, kind)
    const { isActive, integrationId, customerId, lastDoneAt } = door
    const { zone, capacity, enforcesCapacity, admitsBookings, standing, openVisit } = door
    const plain = { zone, capacity, enforcesCapacity, admitsBookings, standing, openVisit }
    return db
      .select({ no: asked.no, isActive, integrationId, customerId, lastDoneAt, ...plain })
      .from(readings(kind))
      .innerJoinLateral(door, sql`true`)
      .prepare(`devices_find_doors_${kind.toLowerCase()}`)
  })

const doors = {
  CARD_NUMBER: findDoors('CARD_NUMBER'),
  PIN: findDoors('PIN'),
  BARCODE: findDoors('BARCODE'),
  WALLET_PASS: findDoors('WALLET_PASS'),
  PERSON: findDoors('PERSON'),
} as const

/** A person before a reader, with what decides for nearly everybody. */
export interface Standing {
  readonly customerId: number
  readonly integrationId: number | null
  /** When this device last did this for this person. */
  readonly lastDoneAt: string | null
  readonly plain: PlainRow
}

export interface DoorFacts {
  readonly isActive: boolean
  /** Undefined for nobody and for erased people. */
  readonly standing: Standing | undefined
}

interface DoorQuestion {
  readonly deviceId: number
  readonly action: string
  readonly now: Temporal.Instant
  /** As text or number, and for a medium in all its forms. */
  readonly wanted: WantedMedium['wanted'] | number
}

const readingsAtOnce = new GatheredReads<DoorQuestion, DoorFacts>()

/**
 * The device, who holds a medium or is the person, and what decides about them. Readings of a tenant that come at once
 * share a statement.
 */
export function findDoorFacts(
  view: DeviceView,
  question: Omit<DoorQuestion, 'wanted'>,
  who: WantedMedium | { readonly customerId: number },
): Promise<DoorFacts> {
  const [kind, wanted] = 'type' in who ? ([who.type, who.wanted] as const) : (['PERSON', who.customerId] as const)
  return readingsAtOnce.find(view, { wish: { ...question, wanted }, group: kind }, (db, wishes) =>
    listDoors(db, kind, wishes),
  )
}

async function listDoors(db: Queryable, kind: Kind, questions: readonly DoorQuestion[]): Promise<DoorFacts[]> {
  const rows = await doors[kind](db).execute({ readings: JSON.stringify(questions.map(toReading)) })
  const facts = questions.map((): DoorFacts => ({ isActive: false, standing: undefined }))
  for (const { no, isActive, customerId, integrationId, lastDoneAt, standing, ...settings } of rows) {
    const isKnown = customerId !== null && standing !== null
    facts[no] = {
      isActive,
      standing: isKnown ? { customerId, integrationId, lastDoneAt, plain: { ...settings, standing } } : undefined,
    }
  }
  return facts
}

const toReading = ({ deviceId, action, now, wanted }: DoorQuestion, no: number) => ({
  no,
  device_id: deviceId,
  action,
  now: now.toString(),
  wanted,
})
