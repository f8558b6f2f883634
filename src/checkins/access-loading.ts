import type { Queryable } from '../platform/database.ts'
import type { AccessFacts, EntranceRules } from './access-facts.ts'
import { needsOtherGround } from './access-rules.ts'
import { countVisitors, findHours, findOtherGrounds, findPlainFacts } from './access-store.ts'

interface Question {
  readonly customerId: number
  readonly studioId: number
  readonly at: Temporal.Instant
}

/**
 * All that decides about entering; undefined for a customer who is unknown or erased. One statement for a member whose
 * contract opens the door; what the rules of this entrance or a refusing contract ask for besides is read when asked for.
 */
export async function loadAccessFacts(
  db: Queryable,
  question: Question,
  rules: EntranceRules = {},
): Promise<AccessFacts | undefined> {
  const { studioId, at } = question
  const [plain, hours] = await Promise.all([
    findPlainFacts(db, question),
    rules.enforceOpeningHours ? findHours(db, studioId, at) : null,
  ])
  if (!plain) return undefined
  const { enforcesCapacity, ...read } = plain
  const isCounted = rules.enforceCapacity ?? enforcesCapacity
  const facts = {
    ...read,
    hours,
    admitsBookings: rules.admitBookings ?? read.admitsBookings,
    isStrict: rules.antiPassback === 'STRICT',
    openVisits: isCounted ? await countVisitors(db, studioId) : null,
    passId: null,
    hasBooking: false,
  }
  return needsOtherGround(facts) ? { ...facts, ...(await findOtherGrounds(db, question)) } : facts
}
