import type { ApiError } from '../../platform/errors/errors.ts'
import type { DeviceView, DeviceWork } from '../calls.ts'
import type { CardReaderConfig } from '../config-rules.ts'
import { isLotFull, refusalBesideDoor } from './reader-rules.ts'
import { endStay, findLotFacts, insertStay, lockLot } from './reader-store.ts'
import { type Reading, refusalAtDoor, refused, toDeviceRefusal, type Verdict } from './reading.ts'

/** What keeps a car out: a restriction of its driver, a car park that is full or gone. */
export async function refusalOfLot(view: DeviceView, reading: Reading): Promise<ApiError | undefined> {
  const entrance = await refusalAtDoor(view, reading, { enforceOpeningHours: false, enforceCapacity: false })
  const refusal = entrance && refusalBesideDoor(entrance, false)
  if (refusal) return toDeviceRefusal(refusal)
  const lot = await findLotFacts(view.db, getLotId(reading.config), reading.person.customerId)
  return lot === undefined || isLotFull(lot) ? refused('parkingFull') : undefined
}

/** Opens the barrier; a car that is in already may come in again without a second stay. */
export async function driveIn(work: DeviceWork, reading: Reading): Promise<Verdict> {
  const { config, person } = reading
  await lockLot(work.tx, getLotId(config))
  const refusal = await refusalOfLot(work, reading)
  if (refusal) return refusal
  const lot = await findLotFacts(work.db, getLotId(config), person.customerId)
  if (lot?.isIn) return 'GRANTED'
  auditStay(work, await insertStay(work.tx, getLotId(config), person.customerId, work.now), 'begun')
  return 'DONE'
}

/** Lets a car out, whether or not it was seen coming in. */
export async function driveOut(work: DeviceWork, { person, config }: Reading): Promise<Verdict> {
  await lockLot(work.tx, getLotId(config))
  const stayId = await endStay(work.tx, getLotId(config), person.customerId, work.now)
  if (stayId === undefined) return 'GRANTED'
  auditStay(work, stayId, 'ended')
  return 'DONE'
}

// A configuration without it is not accepted.
const getLotId = ({ parkingLotId }: CardReaderConfig) => parkingLotId as number

function auditStay(work: DeviceWork, stayId: number, action: string) {
  const { id: studioId } = work.caller.studio
  work.audit({ action: `parkingStay.${action}`, entityKind: 'parkingStay', entityId: stayId, studioId })
}
