import { type Identity, identifyCustomer } from '../customers/index.ts'
import type { DeviceCaller } from '../platform/units/caller.ts'
import type { Queryable } from '../platform/database/database.ts'
import { ApiError, refuseFields, violation } from '../platform/errors/errors.ts'
import { tokenInvalid } from '../platform/entrance/device-door.ts'
import type { GuessLimiter } from '../platform/entrance/guess-limiter.ts'
import { formatSentence } from '../platform/errors/localisation.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { TenantTexts } from '../platform/texts/tenant-texts.ts'
import type { UnitOfWork, View } from '../platform/units/work.ts'
import type { DecisionLog } from './decision-log.ts'
import type { Identification } from './device-api.ts'
import { isDeviceActive } from './device-store.ts'
import { insertLines, type LogLine } from './log-store.ts'
import type { Outcome } from './tables.ts'

export type DeviceView = View<DeviceCaller>
export type DeviceWork = UnitOfWork<DeviceCaller>

/** What all operations of the Device API share. */
export interface DeviceDeps {
  readonly secrets: Secrets
  readonly log: DecisionLog
  /** Wrong PINs, by device. */
  readonly pins: GuessLimiter<number>
  readonly texts: TenantTexts
}

/** One call of a device, as the log records it. */
export interface DeviceCall {
  readonly caller: DeviceCaller
  readonly identification: Identification
  /** The purpose of a reader, the step of a purchase. */
  readonly action: string
  readonly dryRun: boolean
}

const longest = { NUMBER: 64, BARCODE: 256, PIN: 256, WALLET_PASS: 256, QR_CODE: 2048 } as const

/** The device, and the person who stands before it, as stored. */
export interface Found<P> {
  readonly isActive: boolean
  /** Undefined for nobody. */
  readonly person: P | undefined
}

/** Who stands before the device, in the whole tenant. Nobody, erased people and codes out of date look all the same. */
export function identifyPerson(view: DeviceView, call: DeviceCall, deps: DeviceDeps): Promise<Identity | ApiError> {
  return identifyBy(view, call, deps, async () => {
    // Both go over the wire together.
    const [isActive, person] = await Promise.all([
      isDeviceActive(view.db, call.caller.device.id),
      identifyCustomer(view.db, call.identification, toContext(view, call, deps)),
    ])
    return { isActive, person }
  })
}

/** The same with a `find` that reads more than who it is. It is not called while PINs of the device are locked. */
export async function identifyBy<P>(
  { db, now }: DeviceView,
  call: DeviceCall,
  { pins, log }: DeviceDeps,
  find: () => Promise<Found<P>>,
): Promise<P | ApiError> {
  const { type, value } = call.identification
  const { tenantId, device } = call.caller
  if (value.length > longest[type]) {
    const bound = { type: 'INTEGER', value: longest[type] } as const
    throw refuseFields([violation('identification.value', 'maxLength', bound)])
  }
  const seconds = type === 'PIN' ? Math.ceil(pins.closedMs(device.id) / 1000) : 0
  const { isActive, person } = seconds > 0 ? await withoutEffect(db, device.id) : await find()
  if (!isActive) throw tokenInvalid()
  if (person) return person
  if (seconds === 0 && type === 'PIN') pins.recordMiss(device.id)
  const refusal = seconds > 0 ? pinLocked(seconds) : notIdentified()
  log.add(tenantId, toLogLine(call, now, { customerId: null, outcome: 'NOT_IDENTIFIED', refusal }))
  return refusal
}

const withoutEffect = async (db: Queryable, deviceId: number) => ({
  isActive: await isDeviceActive(db, deviceId),
  person: undefined,
})

/** Where and when the person of a call identifies themself. */
export function toContext({ now }: DeviceView, { caller }: DeviceCall, { secrets }: DeviceDeps) {
  return { tenantId: caller.tenantId, studioId: caller.studio.id, now, secrets, deviceId: caller.device.id }
}

export function notIdentified(): ApiError {
  return new ApiError(404, 'errormessage.device.customerNotIdentified')
}

function pinLocked(seconds: number): ApiError {
  return new ApiError(403, 'errormessage.device.pinLocked', { args: [{ type: 'INTEGER', value: seconds }] })
}

interface LoggedOutcome {
  readonly customerId: number | null
  readonly outcome: Outcome
  readonly refusal?: ApiError
}

export function toLogLine(
  call: DeviceCall,
  at: Temporal.Instant,
  { customerId, outcome, refusal }: LoggedOutcome,
): LogLine {
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
  return insertLines(tx, [toLogLine(call, now, { customerId, outcome: 'DONE' })])
}

/** What the customer reads on the device when it does not go on. */
export async function refusalText({ code, details }: ApiError, { db, caller }: DeviceView, { texts }: DeviceDeps) {
  const overrides = await texts.of(caller.tenantId, db)
  return formatSentence(code, caller.language, details.args ?? [], { overrides })
}
