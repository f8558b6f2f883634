import { devices } from '../../../src/devices/tables.ts'
import { at, type Fill, stamps } from './full-members.ts'

/** A turnstile that nobody has activated. */
export async function insertDevices({ tx, studio: { studioId }, mark, firstId }: Fill) {
  await tx.insert(devices).values({
    id: firstId + at.device,
    studioId,
    name: `${mark}turnstile`,
    model: 'GENERIC_CARD_READER',
    state: 'NEW',
    config: {
      purpose: 'TOGGLE',
      enforceOpeningHours: false,
      enforceCapacity: false,
      antiPassback: 'OFF',
      admitBookings: true,
      debounceSeconds: 10,
      requireCheckedIn: false,
    },
    ...stamps,
  })
}
