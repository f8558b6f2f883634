import type { UnitOfWork } from '../../platform/units/work.ts'
import {
  deactivateAllocations,
  findResourceFacts,
  insertAllocations,
  listInstructorResources,
  lockResources,
  maxSimultaneous,
  type NewAllocation,
  type StoredResourceFacts,
} from '../../resources/index.ts'
import { refuseBooking } from '../../bookings/index.ts'
import { isBefore } from '../../platform/time/order.ts'

/** A planned slot, as far as it occupies instructors and rooms. */
export interface OccupyingSlot {
  readonly classSlotId: number
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
}

/** What a set of slots of one studio has in common: the room, and the employees who give them. */
export interface Occupation {
  readonly studioId: number
  readonly locationId: number | null
  readonly instructorIds: readonly number[]
  /** Staff put up with collisions: then the resources may overlap. */
  readonly override: boolean
  /** Slots that will move away: what they occupy does not count. */
  readonly except?: ReadonlySet<number>
}

/** Employees who are no resource of the studio give slots without being occupied by them. */
async function findNeededResources(
  work: UnitOfWork,
  { studioId, locationId, instructorIds }: Occupation,
): Promise<number[]> {
  const instructors = await listInstructorResources(work.db, studioId, instructorIds)
  const ids = instructors.map(({ resourceId }) => resourceId)
  return locationId === null ? ids : [...ids, locationId]
}

/**
 * Occupies room and instructors for slots. A collision with what they are occupied by already is refused, unless staff
 * put up with it.
 */
export async function occupyForSlots(work: UnitOfWork, slots: readonly OccupyingSlot[], occupation: Occupation) {
  await insertAllocations(work.tx, await planAllocations(work, slots, occupation), work.now)
}

/** Refuses what `occupyForSlots` would refuse, and takes nothing. */
export async function refuseCollisions(work: UnitOfWork, slots: readonly OccupyingSlot[], occupation: Occupation) {
  await planAllocations(work, slots, occupation)
}

async function planAllocations(
  work: UnitOfWork,
  slots: readonly OccupyingSlot[],
  occupation: Occupation,
): Promise<NewAllocation[]> {
  const ids = await findNeededResources(work, occupation)
  const [first] = slots
  if (ids.length === 0 || !first) return []
  await lockResources(work.tx, ids)
  const from = slots.reduce((least, { start }) => (isBefore(start, least) ? start : least), first.start)
  const until = slots.reduce((most, { end }) => (isBefore(most, end) ? end : most), first.end)
  const resources = await findResourceFacts(work.tx, ids, { from, until })
  return resources.flatMap((resource) => toAllocations(resource, slots, occupation))
}

function toAllocations(
  { resourceId, capacity, allocations }: StoredResourceFacts,
  slots: readonly OccupyingSlot[],
  { studioId, override, except }: Occupation,
): NewAllocation[] {
  const busy = allocations
    .filter(({ source, sourceId }) => source !== 'CLASS_SLOT' || !except?.has(sourceId))
    .toSorted((a, b) => a.from - b.from)
  return slots.map(({ classSlotId, start, end }) => {
    const block = { from: start.epochMilliseconds, until: end.epochMilliseconds }
    const collides = maxSimultaneous(busy, block) >= capacity
    if (collides && !override) throw refuseBooking('RESOURCE_NOT_AVAILABLE')
    const slot = { source: 'CLASS_SLOT', sourceId: classSlotId, during: { from: start, until: end } } as const
    return { ...slot, studioId, resourceId, exclusive: capacity === 1 && !collides }
  })
}

/** Gives back what slots occupied. */
export function vacateSlots(work: UnitOfWork, classSlotIds: readonly number[]) {
  return deactivateAllocations(work.tx, 'CLASS_SLOT', classSlotIds)
}
