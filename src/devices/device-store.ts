import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../platform/database/database.ts'
import { integrations } from '../integrations/tables.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { deviceIntervals, deviceProducts, devices, parkingLots } from './tables.ts'

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewDevice = Omit<typeof devices.$inferInsert, Fill> & { readonly id?: number }
export type DeviceRow = typeof devices.$inferSelect

/** A partner in a studio: it sees the devices there that are its own or nobody's. */
export interface Viewer {
  readonly studioId: number
  readonly integrationId: number
}

const isVisible = and(
  eq(devices.studioId, sql.placeholder('studioId')),
  or(isNull(devices.integrationId), eq(devices.integrationId, sql.placeholder('integrationId'))),
)

const visibleDevices = prepared((db) =>
  db
    .select({ id: devices.id, name: devices.name, model: devices.model, state: devices.state })
    .from(devices)
    .where(isVisible)
    .orderBy(asc(devices.id))
    .prepare('devices_list_visible'),
)

export function listVisibleDevices(db: Queryable, viewer: Viewer) {
  return visibleDevices(db).execute({ ...viewer })
}

/** The name of a device, as staff and customers read it. */
export async function findDeviceName(db: Queryable, deviceId: number): Promise<string> {
  const [row] = await db.select({ name: devices.name }).from(devices).where(eq(devices.id, deviceId))
  if (!row) throw new Error(`There is no device ${deviceId}.`)
  return row.name
}

/** Locks a device that the viewer sees, without being in the way of visits that refer to it. */
export async function lockVisibleDevice(tx: Tx, deviceId: number, viewer: Viewer): Promise<DeviceRow | undefined> {
  const [row] = await tx
    .select()
    .from(devices)
    .where(
      and(
        eq(devices.id, deviceId),
        eq(devices.studioId, viewer.studioId),
        or(isNull(devices.integrationId), eq(devices.integrationId, viewer.integrationId)),
      ),
    )
    .for('no key update')
  return row
}

export async function lockDevice(tx: Tx, deviceId: number): Promise<DeviceRow | undefined> {
  const [row] = await tx.select().from(devices).where(eq(devices.id, deviceId)).for('no key update')
  return row
}

export function listDevices(db: Queryable, studioId: number) {
  const { id, name, model, state, integrationId, config, lastSeenAt } = devices
  return db
    .select({ id, name, model, state, integrationId, config, lastSeenAt })
    .from(devices)
    .where(eq(devices.studioId, studioId))
    .orderBy(asc(devices.id))
}

export async function insertDevice(tx: Tx, device: NewDevice, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(devices)
    .values({ ...device, createdAt: now, updatedAt: now })
    .returning({ id: devices.id })
  return returnedId(rows)
}

export async function updateDeviceRow(tx: Tx, deviceId: number, changes: Partial<NewDevice>, now: Temporal.Instant) {
  await tx
    .update(devices)
    .set({ ...changes, updatedAt: now, version: sql`${devices.version} + 1` })
    .where(eq(devices.id, deviceId))
}

const activeDevice = prepared((db) =>
  db
    .select({ id: devices.id })
    .from(devices)
    .where(and(eq(devices.id, sql.placeholder('deviceId')), eq(devices.state, 'ACTIVE')))
    .prepare('devices_is_active'),
)

/** Whether a device is in use now, whatever the process still remembers of its token. */
export async function isDeviceActive(db: Queryable, deviceId: number): Promise<boolean> {
  return (await activeDevice(db).execute({ deviceId })).length > 0
}

/** Notifies every process that a token is new or dead. */
export async function notifyTokensChanged(tx: Tx) {
  await tx.execute(sql`select pg_notify('palestra_keys', '')`)
}

export async function integrationExists(db: Queryable, integrationId: number): Promise<boolean> {
  return (await db.$count(integrations, eq(integrations.id, integrationId))) > 0
}

export type ProductRow = typeof deviceProducts.$inferSelect

export function listProducts(db: Queryable, deviceId: number): Promise<ProductRow[]> {
  return db
    .select()
    .from(deviceProducts)
    .where(and(eq(deviceProducts.deviceId, deviceId), deviceProducts.active))
    .orderBy(asc(deviceProducts.shelf))
}

export async function retireProducts(tx: Tx, deviceId: number, now: Temporal.Instant) {
  await tx
    .update(deviceProducts)
    .set({ active: false, updatedAt: now, version: sql`${deviceProducts.version} + 1` })
    .where(and(eq(deviceProducts.deviceId, deviceId), deviceProducts.active))
}

export type NewProduct = Pick<typeof deviceProducts.$inferInsert, 'shelf' | 'product' | 'price' | 'minAge'>

export async function insertProducts(tx: Tx, deviceId: number, products: readonly NewProduct[], now: Temporal.Instant) {
  if (products.length === 0) return
  const rows = products.map((product) => ({ ...product, deviceId, createdAt: now, updatedAt: now }))
  await tx.insert(deviceProducts).values(rows)
}

export type NewInterval = Pick<typeof deviceIntervals.$inferInsert, 'durationSeconds' | 'price'>

export async function replaceIntervalRows(
  tx: Tx,
  deviceId: number,
  intervals: readonly NewInterval[],
  now: Temporal.Instant,
) {
  await tx.delete(deviceIntervals).where(eq(deviceIntervals.deviceId, deviceId))
  if (intervals.length === 0) return
  await tx.insert(deviceIntervals).values(intervals.map((each) => ({ ...each, deviceId, createdAt: now })))
}

const selectIntervals = prepared((db) =>
  db
    .select({ durationSeconds: deviceIntervals.durationSeconds, price: deviceIntervals.price })
    .from(deviceIntervals)
    .where(eq(deviceIntervals.deviceId, sql.placeholder('deviceId')))
    .orderBy(asc(deviceIntervals.durationSeconds))
    .prepare('devices_list_intervals'),
)

/** The durations of a time device, shortest first. */
export function listIntervals(db: Queryable, deviceId: number) {
  return selectIntervals(db).execute({ deviceId })
}

type NewLot = Pick<typeof parkingLots.$inferInsert, 'studioId' | 'name' | 'capacity'> & { readonly id?: number }

export async function insertLot(tx: Tx, lot: NewLot, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(parkingLots)
    .values({ ...lot, createdAt: now, updatedAt: now })
    .returning({ id: parkingLots.id })
  return returnedId(rows)
}

export async function findLot(db: Queryable, lotId: number) {
  const [row] = await db.select().from(parkingLots).where(eq(parkingLots.id, lotId))
  return row
}

export async function updateLotRow(
  tx: Tx,
  lotId: number,
  changes: Partial<Pick<NewLot, 'name' | 'capacity'>>,
  now: Temporal.Instant,
) {
  await tx
    .update(parkingLots)
    .set({ ...changes, updatedAt: now, version: sql`${parkingLots.version} + 1` })
    .where(eq(parkingLots.id, lotId))
}
