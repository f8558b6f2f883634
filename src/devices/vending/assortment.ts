import { notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import { formatAmount, readMoney } from '../../platform/values/money.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findStudio } from '../../studios/index.ts'
import {
  type DeviceRow,
  insertProducts,
  listIntervals,
  listProducts,
  lockDevice,
  replaceIntervalRows,
  retireProducts,
} from '../device-store.ts'
import type { DeviceModel } from '../tables.ts'

/** `price` in the currency of the studio, as decimal text; `minAge` in years. */
export interface ProductInput {
  readonly shelf: string
  readonly product: string
  readonly price: string
  readonly minAge?: number | null
}

/** Replaces what a vending machine offers. Purchases that are under way are held to the new prices. */
export async function setProducts(work: UnitOfWork, deviceId: number, products: readonly ProductInput[]) {
  const { device, currency } = await lockOfModel(work, deviceId, 'GENERIC_VENDING_READER')
  const rows = products.map(({ shelf, product, price, minAge = null }, at) => {
    if (shelf.trim() === '') throw refuseFields([violation(`[${at}].shelf`, 'required')])
    return { shelf: shelf.trim(), product, price: readPrice(price, currency, `[${at}].price`, 1n), minAge }
  })
  refuseTwins(rows.map(({ shelf }) => shelf))
  const before = (await listProducts(work.db, deviceId)).map(({ shelf, product, price, minAge }) => ({
    shelf,
    product,
    minAge,
    price: formatAmount(readMoney(price, currency, 'price')),
  }))
  const offered = Object.fromEntries(rows.map(({ shelf, ...row }) => [shelf, row]))
  const had = Object.fromEntries(before.map(({ shelf, ...row }) => [shelf, row]))
  await retireProducts(work.tx, deviceId, work.now)
  await insertProducts(work.tx, deviceId, rows, work.now)
  audit(work, device, 'productsSet', { products: [had, offered] })
}

export interface IntervalInput {
  readonly durationSeconds: number
  readonly price: string
}

/** Replaces the durations that a time device offers. */
export async function setIntervals(work: UnitOfWork, deviceId: number, intervals: readonly IntervalInput[]) {
  const { device, currency } = await lockOfModel(work, deviceId, 'GENERIC_TIME_READER')
  const rows = intervals.map(({ durationSeconds, price }, at) => {
    if (durationSeconds < 1) {
      throw refuseFields([violation(`[${at}].durationSeconds`, 'min', { type: 'DECIMAL', value: 1 })])
    }
    return { durationSeconds, price: readPrice(price, currency, `[${at}].price`, 0n) }
  })
  refuseTwins(rows.map(({ durationSeconds }) => String(durationSeconds)))
  const before = await listIntervals(work.db, deviceId)
  await replaceIntervalRows(work.tx, deviceId, rows, work.now)
  audit(work, device, 'intervalsSet', { intervals: [before, rows] })
}

async function lockOfModel(work: UnitOfWork, deviceId: number, model: DeviceModel) {
  const device = await lockDevice(work.tx, deviceId)
  if (device?.model !== model) throw notFound('device', deviceId)
  const studio = await findStudio(work.db, device.studioId)
  if (!studio) throw notFound('studio', device.studioId)
  return { device, currency: studio.currency }
}

function readPrice(text: string, currency: string, reference: string, least: bigint): string {
  const price = readMoney(text, currency, reference)
  if (price.minor < least) throw refuseFields([violation(reference, 'min', { type: 'DECIMAL', value: Number(least) })])
  return formatAmount(price)
}

function refuseTwins(names: readonly string[]) {
  const twin = names.findIndex((name, at) => names.indexOf(name) < at)
  if (twin >= 0) throw refuseFields([violation(`[${twin}]`, 'uniqueItems')])
}

type Diff = Readonly<Record<string, readonly [unknown, unknown]>>

function audit(work: UnitOfWork, { id, studioId }: DeviceRow, action: string, diff: Diff) {
  work.audit({ action: `device.${action}`, entityKind: 'device', entityId: id, studioId, diff })
}
