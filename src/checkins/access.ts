import type { ErrorCode } from '../platform/errors/error-code.ts'
import type { Queryable } from '../platform/database/database.ts'
import { ApiError, notFound, type TypedArgument } from '../platform/errors/errors.ts'
import type { EntranceRules } from './access-facts.ts'
import { type AccessRefusal, type AccessVerdict, judgeAccess, judgeEntrance } from './access-rules.ts'
import { loadAccessFacts } from './access-loading.ts'
import type { PlainFacts } from './access-store.ts'

export interface AccessQuestion {
  readonly customerId: number
  readonly studioId: number
  readonly now: Temporal.Instant
}

const unknown = (customerId: number): AccessVerdict => ({
  granted: false,
  refusal: { reason: 'ERASED_OR_UNKNOWN', customerId },
})

/** Whether and by what a customer may enter a studio at `now`: restrictions, contracts, passes, bookings. */
export async function decideAccess(
  db: Queryable,
  { customerId, studioId, now }: AccessQuestion,
): Promise<AccessVerdict> {
  const facts = await loadAccessFacts(db, { customerId, studioId, at: now })
  return facts ? judgeAccess(facts) : unknown(customerId)
}

/**
 * The same with the checks of an entrance: opening hours, open visit, capacity. Changes nothing. `known` is what has been
 * read of the customer at `now` already.
 */
export async function decideEntrance(
  db: Queryable,
  { customerId, studioId, now }: AccessQuestion,
  rules: EntranceRules = {},
  known?: PlainFacts,
): Promise<AccessVerdict> {
  const facts = await loadAccessFacts(db, { customerId, studioId, at: now }, rules, known)
  return facts ? judgeEntrance(facts) : unknown(customerId)
}

type Code = readonly [code: ErrorCode, ...args: TypedArgument[]]

function refusalCode(refusal: Exclude<AccessRefusal, { reason: 'ERASED_OR_UNKNOWN' }>): Code {
  switch (refusal.reason) {
    case 'STUDIO_CLOSED':
      return ['errormessage.access.studioClosed']
    case 'ACCESS_RESTRICTED':
      return ['errormessage.access.restricted']
    case 'NO_ACTIVE_CONTRACT':
      if (refusal.startsOn)
        return ['errormessage.access.notStarted', { type: 'DATE', value: refusal.startsOn.toString() }]
      if (refusal.endedOn) return ['errormessage.access.ended', { type: 'DATE', value: refusal.endedOn.toString() }]
      return ['errormessage.access.noEntitlement']
    case 'IDLE_PERIOD':
      if (refusal.lastDay === null) return ['errormessage.access.idlePeriodOpen']
      return ['errormessage.access.idlePeriod', { type: 'DATE', value: refusal.lastDay.toString() }]
    case 'STUDIO_NOT_ALLOWED':
      return ['errormessage.access.studioNotIncluded']
    case 'OUTSIDE_ALLOWED_TIME':
      return [
        'errormessage.access.timeRestricted',
        { type: 'AVAILABILITY_LIST', value: refusal.times.map(presentTimes) },
      ]
    case 'CHECKIN_LIMIT_REACHED':
      return ['errormessage.access.visitLimit', { type: 'INTEGER', value: refusal.limit }]
    case 'ALREADY_CHECKED_IN':
      return ['errormessage.access.alreadyCheckedIn']
    case 'STUDIO_FULL':
      return ['errormessage.access.studioFull']
  }
}

/** What {@link accessRefusal} says to a person who is not let in. */
export const accessCodes: readonly ErrorCode[] = [
  'errormessage.access.ended',
  'errormessage.access.idlePeriod',
  'errormessage.access.idlePeriodOpen',
  'errormessage.access.noEntitlement',
  'errormessage.access.notStarted',
  'errormessage.access.restricted',
  'errormessage.access.studioClosed',
  'errormessage.access.studioFull',
  'errormessage.access.studioNotIncluded',
  'errormessage.access.timeRestricted',
  'errormessage.access.visitLimit',
]

/** The refusal as the API answers it: 403 with the code of the check, 404 for a customer who does not exist. */
export function accessRefusal(refusal: AccessRefusal): ApiError {
  if (refusal.reason === 'ERASED_OR_UNKNOWN') return notFound('customer', refusal.customerId)
  const [code, ...args] = refusalCode(refusal)
  return new ApiError(403, code, { args })
}

type Times = Extract<AccessRefusal, { reason: 'OUTSIDE_ALLOWED_TIME' }>['times'][number]

function presentTimes({ day, timeFrom, timeTo }: Times) {
  const second = { smallestUnit: 'second' } as const
  return { dayOfWeek: day, timeFrom: timeFrom.toString(second), timeTo: timeTo.toString(second) }
}
