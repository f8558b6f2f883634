import { diffValues } from '../platform/units/audit-values.ts'
import { notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import { readMoney } from '../platform/values/money.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import { findStudio } from '../studios/index.ts'
import { readConfig } from './config-schema.ts'
import {
  findLot,
  insertDevice,
  insertLot,
  integrationExists,
  lockDevice,
  notifyTokensChanged,
  updateDeviceRow,
  updateLotRow,
} from './device-store.ts'
import type { DeviceConfig } from './config-rules.ts'
import type { DeviceModel } from './tables.ts'
import { deviceCreated } from './events.ts'

export interface DeviceInput {
  readonly id?: number
  readonly studioId: number
  readonly name: string
  readonly model: DeviceModel
  /** The only integration that may see and activate it; a benefit that the configuration names is one of its own. */
  readonly integrationId?: number | null
  /** As the model demands; what is left out gets its default. */
  readonly config: unknown
}

/** Adds a device to a studio; it calls nothing before it is activated. Returns its id. */
export async function createDevice(work: UnitOfWork, device: DeviceInput): Promise<number> {
  const name = readName(device.name)
  const integrationId = device.integrationId ?? null
  const config = await checkedConfig(work, { ...device, integrationId })
  const id = await insertDevice(work.tx, { ...device, name, integrationId, config, state: 'NEW' }, work.now)
  const { studioId, model } = device
  work.audit({
    action: 'device.created',
    entityKind: 'device',
    entityId: id,
    studioId,
    diff: diffValues({}, { name, model, integrationId, config }),
  })
  const audience = nonNull({ onlyIntegrationId: integrationId })
  work.emit(deviceCreated({ entityId: id, audienceStudioIds: [studioId], ...audience }))
  return id
}

export interface DeviceChanges {
  readonly name?: string
  readonly integrationId?: number | null
  /** Replaces the whole configuration. */
  readonly config?: unknown
}

/** Renames, binds or configures a device. It keeps its token. */
export async function updateDevice(work: UnitOfWork, deviceId: number, changes: DeviceChanges) {
  const before = await lockDevice(work.tx, deviceId)
  if (!before) throw notFound('device', deviceId)
  const integrationId = changes.integrationId === undefined ? before.integrationId : changes.integrationId
  const { studioId, model } = before
  const wanted = { studioId, model, integrationId, config: changes.config ?? before.config }
  const after = {
    name: changes.name === undefined ? before.name : readName(changes.name),
    integrationId,
    config: await checkedConfig(work, wanted),
  }
  // Stored JSON has an order of its own.
  const diff = diffValues({ ...before, config: readConfig(model, before.config) }, after)
  if (Object.keys(diff).length === 0) return
  await updateDeviceRow(work.tx, deviceId, after, work.now)
  await notifyTokensChanged(work.tx)
  work.audit({ action: 'device.updated', entityKind: 'device', entityId: deviceId, studioId, diff })
}

function readName(text: string): string {
  const name = text.trim()
  if (name === '') throw refuseFields([violation('name', 'required')])
  return name
}

/** What a configuration names has to exist: the integration of its benefit, the car park of its studio. */
async function checkedConfig(
  { db }: UnitOfWork,
  device: Required<Pick<DeviceInput, 'studioId' | 'model' | 'integrationId' | 'config'>>,
): Promise<DeviceConfig> {
  const { studioId, integrationId } = device
  const config = readConfig(device.model, device.config)
  await checkAmounts(db, studioId, config)
  if (integrationId !== null && !(await integrationExists(db, integrationId)))
    throw notFound('integration', integrationId)
  if ('parkingLotId' in config && config.parkingLotId !== undefined) {
    const lot = await findLot(db, config.parkingLotId)
    if (lot?.studioId !== studioId)
      throw refuseFields([violation('config.parkingLotId', 'format', { type: 'STRING', value: 'id' })])
  }
  return config
}

/** Amounts are in the currency of the studio and have no more decimals than that. */
async function checkAmounts(db: UnitOfWork['db'], studioId: number, config: DeviceConfig) {
  const studio = await findStudio(db, studioId)
  if (!studio) throw notFound('studio', studioId)
  for (const field of ['accountLimit', 'revalueMax', 'pricePerMinute'] as const) {
    const amount = (config as Partial<Record<typeof field, number>>)[field]
    if (amount !== undefined) readMoney(amount, studio.currency, `config.${field}`)
  }
}

/** Adds a car park. Returns its id. */
export async function createParkingLot(
  work: UnitOfWork,
  lot: { readonly id?: number; readonly studioId: number; readonly name: string; readonly capacity: number },
): Promise<number> {
  const id = await insertLot(work.tx, { ...lot, name: readName(lot.name) }, work.now)
  const { studioId, name, capacity } = lot
  const diff = diffValues({}, { name, capacity })
  work.audit({ action: 'parkingLot.created', entityKind: 'parkingLot', entityId: id, studioId, diff })
  return id
}

/** Renames a car park or changes how many cars it takes; cars that are in stay. */
export async function updateParkingLot(
  work: UnitOfWork,
  lotId: number,
  changes: { readonly name?: string; readonly capacity?: number },
) {
  const before = await findLot(work.db, lotId)
  if (!before) throw refuseFields([violation('lotId', 'format', { type: 'STRING', value: 'id' })])
  const diff = diffValues(before, changes)
  if (Object.keys(diff).length === 0) return
  await updateLotRow(work.tx, lotId, changes, work.now)
  const { studioId } = before
  work.audit({ action: 'parkingLot.updated', entityKind: 'parkingLot', entityId: lotId, studioId, diff })
}
