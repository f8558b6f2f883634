import { findBenefitUse, takeBenefit } from '../../benefits/index.ts'
import { everybody } from '../../customers/index.ts'
import type { ApiError } from '../../platform/errors/errors.ts'
import type { DeviceView, DeviceWork } from '../calls.ts'
import { refusalBesideDoor } from './reader-rules.ts'
import type { ReaderFacts } from './reader-store.ts'
import {
  benefitRefusal,
  type Reading,
  refusalAtDoor,
  refused,
  accessRules,
  toDeviceRefusal,
  type Verdict,
} from './reading.ts'

/** What keeps a customer out of a room or off a machine: opening hours, a restriction, being outside, the benefit. */
export async function refusalOfZone(
  view: DeviceView,
  reading: Reading,
  facts: ReaderFacts,
): Promise<ApiError | undefined> {
  const entrance = await refusalAtDoor(view, reading, accessRules(reading.config))
  const refusal = entrance && refusalBesideDoor(entrance, false)
  if (refusal) return toDeviceRefusal(refusal)
  if (reading.config.requireCheckedIn && !facts.isInside) return refused('notCheckedIn')
  const wish = toWish(reading, facts)
  const verdict = wish && (await findBenefitUse(view.db, wish, view.now))
  if (wish === undefined || verdict?.isUsable) return undefined
  return benefitRefusal(verdict?.reason ?? 'NOT_FOUND')
}

/** Lets a customer into a room, which uses up the benefit that it asks for. */
export async function enterZone(work: DeviceWork, reading: Reading, facts: ReaderFacts): Promise<Verdict> {
  const refusal = await refusalOfZone(work, reading, facts)
  if (refusal) return refusal
  const wish = toWish(reading, facts)
  if (!wish) return 'GRANTED'
  const use = await takeBenefit(work, wish, 'DEVICE')
  return 'refusal' in use ? benefitRefusal(use.refusal) : 'DONE'
}

/** A device is the studio's own: a customer whom it lets in, of whichever home studio, may use the benefit. */
function toWish({ call: { caller }, person, config }: Reading, { integrationId }: ReaderFacts) {
  if (config.benefitKey === undefined) return undefined
  const site = { studioId: caller.studio.id, integrationId, sight: everybody }
  return { customerId: person.customerId, key: config.benefitKey, site }
}
