import { checkIns } from '../../checkins/tables.ts'
import { isBefore } from '../../platform/time/order.ts'
import { startOfDay } from '../../platform/time/zoned-time.ts'
import { berlin, fewInHamburg, hamburg } from '../house/chain.ts'
import { edgarsContract } from '../contracts/story-contracts.ts'
import { memberContract, pick, regulars, visitor } from '../people/members.ts'
import { edgar } from '../people/people.ts'
import { berlinTime, type Planting, plant } from '../planting.ts'

const IN_BERLIN = 12
const regularDays = [-27, -20, -13, -6, -2]
const staff = { inSource: 'STAFF', outSource: 'STAFF' } as const

/**
 * Twelve people are in Berlin and as many as it admits in Hamburg. Edgar was here and there on several days of the last
 * month; one customer has been in Berlin today and may not come again this week.
 */
export async function plantVisits(planting: Planting) {
  const { now } = planting.work
  const ago = (hours: number) => now.subtract({ hours })
  const past = regularDays.map((days, n) => ({
    customerId: edgar,
    studioId: pick([berlin, hamburg], n),
    ...staff,
    checkedInAt: ago(-24 * days + 2),
    checkedOutAt: ago(-24 * days),
  }))
  const inBerlin = [edgar, ...regulars.slice(0, IN_BERLIN - 1)]
  const inHamburg = regulars.slice(IN_BERLIN, IN_BERLIN + fewInHamburg)
  await plant(planting, checkIns, [
    ...openVisits(planting, berlin, inBerlin),
    ...openVisits(planting, hamburg, inHamburg),
    ...past,
    visitOfToday(planting),
  ])
}

function openVisits({ work }: Planting, studioId: number, customerIds: readonly number[]) {
  return customerIds.map((customerId, n) => ({
    customerId,
    studioId,
    inSource: 'STAFF' as const,
    contractId: customerId === edgar ? edgarsContract : memberContract(customerId),
    checkedInAt: work.now.subtract({ minutes: 10 + 7 * n }),
  }))
}

/** An hour ago, but never before midnight: on a Monday that would have been last week. */
function visitOfToday({ work: { now }, today }: Planting) {
  const midnight = startOfDay(today, berlinTime)
  const notBefore = (at: Temporal.Instant) => (isBefore(at, midnight) ? midnight : at)
  return {
    customerId: visitor,
    studioId: berlin,
    contractId: memberContract(visitor),
    ...staff,
    checkedInAt: notBefore(now.subtract({ minutes: 60 })),
    checkedOutAt: notBefore(now.subtract({ minutes: 5 })),
  }
}
