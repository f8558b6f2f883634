import { checkIn, type CheckInRequest, checkOut, type ToggleResult, toggleVisit } from '../../checkins/index.ts'
import { useAccessCode } from '../../customers/index.ts'
import { inOrder } from '../../platform/database/in-order.ts'
import type { DeviceCaller } from '../../platform/units/caller.ts'
import { ApiError } from '../../platform/errors/errors.ts'
import { tokenInvalid } from '../../platform/entrance/device-door.ts'
import type { Steps } from '../../platform/http/steps.ts'
import { defined } from '../../platform/values/defined.ts'
import {
  type DeviceCall,
  type DeviceDeps,
  type DeviceView,
  type DeviceWork,
  identifyBy,
  identifyPerson,
  toLogLine,
  logEffect,
  notIdentified,
} from '../calls.ts'
import type { CardReaderConfig } from '../config-rules.ts'
import type { Identification } from '../device-api.ts'
import { readDoor } from './door.ts'
import { driveIn, driveOut, refusalOfLot } from './parking.ts'
import { isRepeated } from './reader-rules.ts'
import { type ReaderFacts, readyReaderFacts, readyReaderLock } from './reader-store.ts'
import { type Reading, refusalAtDoor, accessRules, toDeviceRefusal, type Verdict } from './reading.ts'
import { enterZone, refusalOfZone } from './zone.ts'

/** Opens the door, or says why not. With `shouldExecute` the effect that the reader is set up for happens. */
export async function decideReading(
  steps: Steps<DeviceCaller>,
  { identification, shouldExecute }: { readonly identification: Identification; readonly shouldExecute: boolean },
  deps: DeviceDeps,
): Promise<ApiError | undefined> {
  const { caller } = steps
  const config = caller.device.config as CardReaderConfig
  const call: DeviceCall = { caller, identification, action: config.purpose, dryRun: !shouldExecute }
  const verdict = shouldExecute
    ? await executeReading(steps, { call, config }, deps)
    : await steps.read((view) => previewReading(view, { call, config }, deps))
  return verdict instanceof ApiError ? verdict : undefined
}

type Unidentified = Pick<Reading, 'call' | 'config'>

async function executeReading(steps: Steps<DeviceCaller>, { call, config }: Unidentified, deps: DeviceDeps) {
  const person = await steps.read((view) => identifyPerson(view, call, deps))
  if (person instanceof ApiError) return person
  const reading = { call, person, config }
  const decide = async (work: DeviceWork) => {
    const answer = await open(work, reading)
    if (answer !== 'DONE') return logVerdict(work, reading, answer, deps)
    await logEffect(work, call, person.customerId)
    return answer
  }
  return steps.write(decide, [`device ${call.caller.device.id}`, `customer ${person.customerId}`])
}

async function previewReading(view: DeviceView, { call, config }: Unidentified, deps: DeviceDeps) {
  const standing = await identifyBy(view, call, deps, () => readDoor(view, call, deps))
  if (standing instanceof ApiError) return standing
  const { facts, ...rest } = standing
  const reading = { call, config, ...rest }
  return logVerdict(view, reading, await preview(view, reading, facts), deps)
}

function logVerdict({ now }: DeviceView, { call, person }: Reading, verdict: Verdict, { log }: DeviceDeps): Verdict {
  const seen = verdict instanceof ApiError ? ({ outcome: 'REFUSED', refusal: verdict } as const) : { outcome: verdict }
  log.add(call.caller.tenantId, toLogLine(call, now, { customerId: person.customerId, ...seen }))
  return verdict
}

function loadReaderFacts({ call, person: { customerId } }: Reading) {
  return readyReaderFacts({ deviceId: call.caller.device.id, customerId, action: call.action })
}

/** What would happen; the same checks as when it happens, without locks. */
async function preview(view: DeviceView, reading: Reading, facts: ReaderFacts): Promise<Verdict> {
  const { config } = reading
  if (isRepeated(facts.lastDoneAt, view.now, config.debounceSeconds)) return 'REPEATED'
  if (config.purpose === 'ZONE') return (await refusalOfZone(view, reading, facts)) ?? 'GRANTED'
  if (config.purpose === 'PARKING_IN') return (await refusalOfLot(view, reading)) ?? 'GRANTED'
  const isIn = config.purpose === 'ENTRANCE' || (config.purpose === 'TOGGLE' && !facts.isInside)
  const refusal = isIn ? await refusalAtDoor(view, reading, accessRules(config)) : undefined
  return refusal ? toDeviceRefusal(refusal) : 'GRANTED'
}

/** Does it, under the lock of the device: a second reading of the same card finds what the first one did. */
async function open(work: DeviceWork, reading: Reading): Promise<Verdict> {
  const { call, person, config } = reading
  const [, facts] = await inOrder(work.tx, [readyReaderLock(call.caller.device.id), loadReaderFacts(reading)])
  if (!facts) throw tokenInvalid()
  if (isRepeated(facts.lastDoneAt, work.now, config.debounceSeconds)) return 'REPEATED'
  const verdict = await execute(work, reading, facts)
  if (verdict instanceof ApiError || person.codeStep === undefined) return verdict
  const taken = { customerId: person.customerId, codeStep: person.codeStep, deviceId: call.caller.device.id }
  // Thrown, so that what was done for a code that another call has just used is taken back.
  if (!(await useAccessCode(work, taken))) throw notIdentified()
  return verdict
}

async function execute(work: DeviceWork, reading: Reading, facts: ReaderFacts): Promise<Verdict> {
  switch (reading.config.purpose) {
    case 'ENTRANCE':
      return verdictOfVisit(await checkIn(work, toCheckIn(reading)))
    case 'TOGGLE':
      return verdictOfVisit(await toggleVisit(work, toCheckIn(reading)))
    case 'EXIT':
      return (await checkOut(work, toCheckIn(reading))) === undefined ? 'GRANTED' : 'DONE'
    case 'ZONE':
      return enterZone(work, reading, facts)
    case 'PARKING_IN':
      return driveIn(work, reading)
    case 'PARKING_OUT':
      return driveOut(work, reading)
  }
}

function toCheckIn({ call: { caller }, person, config }: Reading): CheckInRequest & { readonly source: 'DEVICE' } {
  const { customerId, accessMediumId } = person
  return {
    customerId,
    studioId: caller.studio.id,
    source: 'DEVICE',
    deviceId: caller.device.id,
    ...defined({ accessMediumId }),
    rules: accessRules(config),
  }
}

function verdictOfVisit(result: ToggleResult): Verdict {
  if (result.outcome === 'REFUSED') return toDeviceRefusal(result.refusal)
  return result.outcome === 'REENTERED' ? 'GRANTED' : 'DONE'
}
