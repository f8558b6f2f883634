import { type Identity, identifyCustomer } from '../customers/index.ts'
import type { DeviceCaller } from '../platform/caller.ts'
import { ApiError, refuseFields, violation } from '../platform/errors.ts'
import { tokenInvalid } from '../platform/http/device-door.ts'
import { errorText } from '../platform/localisation.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { UnitOfWork, View } from '../platform/work.ts'
import type { DecisionLog } from './decision-log.ts'
import type { Identification } from './device-api.ts'
import { isDeviceActive } from './device-store.ts'
import { insertLines, type LogLine } from './log-store.ts'
import type { PinLock } from './pin-lock.ts'
import type { Outcome } from './tables.ts'

export type DeviceView = View<DeviceCaller>
export type DeviceWork = UnitOfWork<DeviceCaller>

/** What all operations of the Device API share. */
export interface DeviceDeps {
  readonly secrets: Secrets
  readonly log: DecisionLog
  readonly pins: PinLock
}

/** One call of a device, as the log tells it. */
export interface DeviceCall {
  readonly caller: DeviceCaller
  readonly identification: Identification
  /** The purpose of a reader, the step of a purchase. */
  readonly action: string
  readonly dryRun: boolean
}

const longest = { NUMBER: 64, BARCODE: 256, PIN: 256, WALLET_PASS: 256, QR_CODE: 2048 } as const

/** Who stands before the device, in the whole tenant. Nobody, erased people and codes out of date look all the same. */
export async function identifyPerson(
  { db, now }: DeviceView,
  call: DeviceCall,
  { secrets, pins, log }: DeviceDeps,
): Promise<Identity | ApiError> {
  const { type, value } = call.identification
  const { tenantId, studio, device } = call.caller
  if (value.length > longest[type]) {
    const bound = { type: 'INTEGER', value: longest[type] } as const
    throw refuseFields([violation('identification.value', 'maxLength', bound)])
  }
  const seconds = type === 'PIN' ? pins.secondsLeft(device.id) : 0
  const place = { tenantId, studioId: studio.id, now, secrets, deviceId: device.id }
  // Both go over the wire together.
  const [isActive, found] = await Promise.all([
    isDeviceActive(db, device.id),
    seconds > 0 ? undefined : identifyCustomer(db, call.identification, place),
  ])
  if (!isActive) throw tokenInvalid()
  if (found) return found
  if (seconds === 0 && type === 'PIN') pins.noteMiss(device.id)
  const refusal = seconds > 0 ? pinLocked(seconds) : notIdentified()
  log.note(tenantId, lineOf(call, now, { customerId: null, outcome: 'NOT_IDENTIFIED', refusal }))
  return refusal
}

export function notIdentified(): ApiError {
  return new ApiError(404, 'errormessage.device.customerNotIdentified')
}

function pinLocked(seconds: number): ApiError {
  return new ApiError(403, 'errormessage.device.pinLocked', { args: [{ type: 'INTEGER', value: seconds }] })
}

interface Told {
  readonly customerId: number | null
  readonly outcome: Outcome
  readonly refusal?: ApiError
}

export function lineOf(call: DeviceCall, at: Temporal.Instant, { customerId, outcome, refusal }: Told): LogLine {
  return {
    deviceId: call.caller.device.id,
    customerId,
    action: call.action,
    outcome,
    reason: refusal ? refusal.code.replace('errormessage.', '') : null,
    dryRun: call.dryRun,
    mediumKind: call.identification.type,
    at,
  }
}

/** Writes the line of an effect in the unit that has it. */
export function logEffect({ tx, now }: DeviceWork, call: DeviceCall, customerId: number) {
  return insertLines(tx, [lineOf(call, now, { customerId, outcome: 'DONE' })])
}

/** What the customer reads on the device when it does not go on. */
export function textOf({ code, details }: ApiError, { language }: DeviceCaller): string {
  return errorText(code, language, details.args ?? [])
}
