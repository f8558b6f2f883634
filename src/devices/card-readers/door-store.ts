import { and, eq, sql } from 'drizzle-orm'
import { plainParts, type PlainRow } from '../../checkins/index.ts'
import { selectHolder, type WantedMedium } from '../../customers/index.ts'
import { customers } from '../../customers/customer-table.ts'
import { customerStandings } from '../../customers/tables.ts'
import { prepared, type Queryable } from '../../platform/database/database.ts'
import { studios } from '../../studios/tables.ts'
import { lastDone } from './reader-store.ts'
import { devices } from '../tables.ts'

/** A person whom a code names, to be joined like the holder of a medium. */
const selectPerson = (db: Queryable) =>
  db
    .select({ customerId: customers.id })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('customerId')))
    .as('holder')

function findDoor(kind: WantedMedium['type'] | 'PERSON') {
  return prepared((db) => {
    const holder = kind === 'PERSON' ? selectPerson(db) : selectHolder(db, kind)
    return db
      .select({
        isActive: sql<boolean>`${devices.state} = 'ACTIVE'`,
        integrationId: devices.integrationId,
        customerId: holder.customerId,
        lastDoneAt: lastDone(db, holder.customerId),
        ...plainParts,
      })
      .from(devices)
      .innerJoin(studios, and(eq(studios.tenantId, devices.tenantId), eq(studios.id, devices.studioId)))
      .leftJoinLateral(holder, sql`true`)
      .leftJoin(
        customerStandings,
        and(eq(customerStandings.tenantId, devices.tenantId), eq(customerStandings.customerId, holder.customerId)),
      )
      .where(eq(devices.id, sql.placeholder('deviceId')))
      .prepare(`devices_find_door_${kind.toLowerCase()}`)
  })
}

const doors = {
  CARD_NUMBER: findDoor('CARD_NUMBER'),
  PIN: findDoor('PIN'),
  BARCODE: findDoor('BARCODE'),
  WALLET_PASS: findDoor('WALLET_PASS'),
  PERSON: findDoor('PERSON'),
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
}

/** The device, who holds a medium or is the person, and what decides about them: one statement for a reading. */
export async function findDoorFacts(
  db: Queryable,
  { deviceId, action, now }: DoorQuestion,
  who: WantedMedium | { readonly customerId: number },
): Promise<DoorFacts> {
  const statement = doors['type' in who ? who.type : 'PERSON'](db)
  const [row] = await statement.execute({ deviceId, action, now: now.toString(), ...who })
  if (!row) return { isActive: false, standing: undefined }
  const { isActive, customerId, integrationId, lastDoneAt, standing, ...settings } = row
  if (customerId === null || standing === null) return { isActive, standing: undefined }
  const plain = { ...settings, standing }
  return { isActive, standing: { customerId, integrationId, lastDoneAt, plain } }
}
