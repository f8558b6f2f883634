import type { Queryable } from '../platform/database/database.ts'
import { dateIn, startOfDay } from '../platform/time/zoned-time.ts'
import type { AccessFacts, EntranceRules } from './access-facts.ts'
import { needsOtherGround } from './access-rules.ts'
import {
  countVisitors,
  countVisitsSince,
  findHours,
  findOtherGrounds,
  findPlainFacts,
  type PlainFacts,
  type Question,
} from './access-store.ts'

/**
 * All that decides about entering; undefined for a customer who is unknown or erased. One statement for a member whose
 * contract opens the door, none if that has been read already as `known`; what the rules of this entrance or a refusing
 * contract ask for besides is read when asked for.
 */
export async function loadAccessFacts(
  db: Queryable,
  question: Question,
  rules: EntranceRules = {},
  known?: PlainFacts,
): Promise<AccessFacts | undefined> {
  const { customerId, studioId, at } = question
  const [plain, hours] = await Promise.all([
    known ?? findPlainFacts(db, question),
    rules.enforceOpeningHours ? findHours(db, studioId, at) : null,
  ])
  if (!plain) return undefined
  const { enforcesCapacity, ...read } = plain
  const isCounted = rules.enforceCapacity ?? enforcesCapacity
  const facts = {
    ...read,
    visits: await countVisits(db, customerId, plain),
    hours,
    admitsBookings: rules.admitBookings ?? read.admitsBookings,
    isStrict: rules.antiPassback === 'STRICT',
    openVisits: isCounted ? await countVisitors(db, studioId) : null,
    passId: null,
    hasBooking: false,
  }
  return needsOtherGround(facts) ? { ...facts, ...(await findOtherGrounds(db, question)) } : facts
}

/** Of the contracts in force that limit their visits; hardly any does. */
async function countVisits(db: Queryable, customerId: number, { contracts, at, zone }: PlainFacts) {
  const visits = new Map<number, number>()
  for (const { contractId, today } of contracts) {
    if (!today?.limit) continue
    const since = startOfUnit(dateIn(at, zone), today.limit.unit, zone)
    visits.set(contractId, await countVisitsSince(db, { customerId, contractId, since }))
  }
  return visits
}

/** The beginning of the ISO week or calendar month of a local date. */
function startOfUnit(date: Temporal.PlainDate, unit: 'WEEK' | 'MONTH', zone: string): Temporal.Instant {
  const first = unit === 'WEEK' ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 })
  return startOfDay(first, zone)
}
