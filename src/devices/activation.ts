import { randomUUID } from 'node:crypto'
import { notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import {
  type DeviceRow,
  lockDevice,
  lockVisibleDevice,
  notifyTokensChanged,
  updateDeviceRow,
  type Viewer,
} from './device-store.ts'

/** `accessToken` is what the device shows when it calls the Device API. */
export interface ActivatedDevice {
  readonly id: number
  readonly accessToken: string
}

/** Gives a device of the viewer its token; while it is active the same one again, also to parallel calls. */
export async function activateDevice(
  work: UnitOfWork,
  deviceId: number,
  viewer: Viewer,
  secrets: Secrets,
): Promise<ActivatedDevice> {
  const device = await lockVisibleDevice(work.tx, deviceId, viewer)
  if (!device) throw notFound('device', deviceId)
  if (device.state === 'ACTIVE' && device.tokenEnc) {
    audit(work, device, 'tokenShown')
    return { id: deviceId, accessToken: secrets.open('device-token', device.tokenEnc) }
  }
  return storeToken(work, device, randomUUID(), secrets)
}

/** Takes over a token that a device uses already. */
export async function importDeviceToken(work: UnitOfWork, deviceId: number, token: string, secrets: Secrets) {
  if (!/^[\x21-\x7e]{32,200}$/.test(token)) throw refuseFields([violation('token', 'pattern')])
  return storeToken(work, await lockKnown(work, deviceId), token, secrets)
}

/** Renews the token of an active device; the old one is dead at once. */
export async function rotateDeviceToken(work: UnitOfWork, deviceId: number, secrets: Secrets) {
  const device = await lockKnown(work, deviceId)
  return storeToken(work, device, randomUUID(), secrets)
}

/** Takes a device out of use. What it has done stays. */
export async function deactivateDevice(work: UnitOfWork, deviceId: number) {
  const device = await lockKnown(work, deviceId)
  if (device.state !== 'ACTIVE') return
  await updateDeviceRow(work.tx, deviceId, { state: 'INACTIVE', tokenHash: null, tokenEnc: null }, work.now)
  await notifyTokensChanged(work.tx)
  audit(work, device, 'deactivated', { state: ['ACTIVE', 'INACTIVE'] })
}

async function storeToken(work: UnitOfWork, device: DeviceRow, token: string, secrets: Secrets) {
  const stored = { tokenHash: secrets.hash('device-token', token), tokenEnc: secrets.seal('device-token', token) }
  await updateDeviceRow(work.tx, device.id, { state: 'ACTIVE', ...stored }, work.now)
  await notifyTokensChanged(work.tx)
  if (device.state === 'ACTIVE') audit(work, device, 'tokenRotated')
  else audit(work, device, 'activated', { state: [device.state, 'ACTIVE'] })
  return { id: device.id, accessToken: token }
}

async function lockKnown({ tx }: UnitOfWork, deviceId: number): Promise<DeviceRow> {
  const device = await lockDevice(tx, deviceId)
  if (!device) throw notFound('device', deviceId)
  return device
}

type Diff = Readonly<Record<string, readonly [unknown, unknown]>>

function audit(work: UnitOfWork, { id, studioId }: DeviceRow, action: string, diff?: Diff) {
  work.audit({ action: `device.${action}`, entityKind: 'device', entityId: id, studioId, ...defined({ diff }) })
}
