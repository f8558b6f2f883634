import { readPlainFacts } from '../../checkins/index.ts'
import { identifyCustomer, wantedMedium } from '../../customers/index.ts'
import { type DeviceCall, type DeviceDeps, type DeviceView, type Found, toContext } from '../calls.ts'
import { findDoorFacts, type Standing } from './door-store.ts'
import type { ReaderFacts } from './reader-store.ts'
import type { Reading } from './reading.ts'

/** A person before a reader, with all that nearly every reading is decided by. */
interface PersonAtDoor extends Pick<Reading, 'person'>, Required<Pick<Reading, 'plain'>> {
  readonly facts: ReaderFacts
}

/** One statement for a person who shows a medium; a code is read first. */
export async function readDoor(view: DeviceView, call: DeviceCall, deps: DeviceDeps): Promise<Found<PersonAtDoor>> {
  const question = { deviceId: call.caller.device.id, action: call.action, now: view.now }
  const medium = wantedMedium(call.identification, deps.secrets)
  const identity = medium
    ? undefined
    : await identifyCustomer(view.db, call.identification, toContext(view, call, deps))
  const who = medium ?? { customerId: identity?.customerId ?? NOBODY }
  const { isActive, standing } = await findDoorFacts(view, question, who)
  return { isActive, person: standing && personAtDoor(view, call, standing) }
}

/** The id of no customer. */
const NOBODY = 0

function personAtDoor({ now }: DeviceView, { caller }: DeviceCall, standing: Standing): PersonAtDoor {
  const { customerId, integrationId, lastDoneAt } = standing
  const plain = readPlainFacts(standing.plain, { studioId: caller.studio.id, at: now })
  return {
    person: { customerId },
    plain,
    facts: {
      integrationId,
      lastDoneAt: lastDoneAt === null ? null : Temporal.Instant.from(lastDoneAt),
      isInside: plain.openVisit?.studioId === caller.studio.id,
    },
  }
}
