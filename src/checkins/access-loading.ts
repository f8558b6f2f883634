import type { Queryable } from '../platform/database/database.ts'
import { dateIn, startOfDay } from '../platform/time/zoned-time.ts'
import type { AccessFacts, EntranceRules } from './access-facts.ts'
import { needsOtherGround } from './access-rules.ts'
import {
  countVisitors,
  countVisitsSince,
  findOtherGrounds,
  readyHours,
  type PlainFacts,
  readyPlainFacts,
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
  const [plainFacts, hours] = readyAccessFacts(question, rules)
  const [plain, around] = await Promise.all([known ?? plainFacts.send(db), hours?.send(db)])
  return plain && completeAccessFacts(db, question, { plain, hours: around ?? null }, rules)
}

/** What {@link loadAccessFacts} reads at once, for a unit that reads it behind its locks. */
export function readyAccessFacts(question: Question, rules: EntranceRules) {
  const { studioId, at } = question
  return [readyPlainFacts(question), rules.enforceOpeningHours ? readyHours(studioId, at) : undefined] as const
}

/** Adds to {@link readyAccessFacts} what is read only when it is asked for. */
export async function completeAccessFacts(
  db: Queryable,
  question: Question,
  { plain, hours }: { readonly plain: PlainFacts; readonly hours: AccessFacts['hours'] },
  rules: EntranceRules,
): Promise<AccessFacts> {
  const { customerId, studioId } = question
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
