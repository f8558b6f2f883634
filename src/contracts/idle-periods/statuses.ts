import type { ErrorCode } from '../../platform/errors/error-code.ts'
import { type ApiError, badRequest } from '../../platform/errors/errors.ts'

/** What can be said of a wish, in the order of the reference. */
export const idleStatuses = [
  'IDLEPERIOD_DEACTIVATED_FOR_CONTRACT',
  'IDLEPERIOD_PENDING_VERIFICATION',
  'IDLEPERIOD_DATE_NOT_FIRSTDAY_OF_TEMPORALUNIT',
  'IDLEPERIOD_DEADLINE_VIOLATED',
  'IDLEPERIOD_EXPECTED_STARTDATE_MISMATCH',
  'IDLEPERIOD_MAXIMUM_YEARS_VIOLATED',
  'IDLEPERIOD_OVERLAPPING',
  'IDLEPERIOD_TEMPORALUNIT_INVALID',
  'IDLEPERIOD_MAXIMUM_TERMS_VIOLATED',
  'IDLEPERIOD_CREATABLE',
  'IDLEPERIOD_TERMVALUE_MISSING',
  'IDLEPERIOD_UNLIMITED_PARAMETER_IS_MISSING',
  'IDLEPERIOD_ENDDATE_AND_TERM_PROVIDED',
  'IDLEPERIOD_ENDDATE_BEFORE_STARTDATE',
  'IDLEPERIOD_ENDDATE_ONLY_FOR_SHORTENING',
  'IDLEPERIOD_UPDATABLE',
] as const

export type IdleStatus = (typeof idleStatuses)[number]
export type IdleRefusal = Exclude<IdleStatus, 'IDLEPERIOD_CREATABLE' | 'IDLEPERIOD_UPDATABLE'>

const codes = {
  IDLEPERIOD_DEACTIVATED_FOR_CONTRACT: 'errormessage.idlePeriod.deactivatedForContract',
  IDLEPERIOD_PENDING_VERIFICATION: 'errormessage.idlePeriod.pendingVerification',
  IDLEPERIOD_DATE_NOT_FIRSTDAY_OF_TEMPORALUNIT: 'errormessage.idlePeriod.dateNotFirstdayOfTemporalunit',
  IDLEPERIOD_DEADLINE_VIOLATED: 'errormessage.idlePeriod.deadlineViolated',
  IDLEPERIOD_EXPECTED_STARTDATE_MISMATCH: 'errormessage.idlePeriod.expectedStartdateMismatch',
  IDLEPERIOD_MAXIMUM_YEARS_VIOLATED: 'errormessage.idlePeriod.maximumYearsViolated',
  IDLEPERIOD_OVERLAPPING: 'errormessage.idlePeriod.overlapping',
  IDLEPERIOD_TEMPORALUNIT_INVALID: 'errormessage.idlePeriod.temporalunitInvalid',
  IDLEPERIOD_MAXIMUM_TERMS_VIOLATED: 'errormessage.idlePeriod.maximumTermsViolated',
  IDLEPERIOD_TERMVALUE_MISSING: 'errormessage.idlePeriod.termvalueMissing',
  IDLEPERIOD_UNLIMITED_PARAMETER_IS_MISSING: 'errormessage.idlePeriod.unlimitedParameterIsMissing',
  IDLEPERIOD_ENDDATE_AND_TERM_PROVIDED: 'errormessage.idlePeriod.enddateAndTermProvided',
  IDLEPERIOD_ENDDATE_BEFORE_STARTDATE: 'errormessage.idlePeriod.enddateBeforeStartdate',
  IDLEPERIOD_ENDDATE_ONLY_FOR_SHORTENING: 'errormessage.idlePeriod.enddateOnlyForShortening',
} as const satisfies Record<IdleRefusal, ErrorCode>

/** The code of each status that refuses. */
export const idleRefusals: readonly ErrorCode[] = Object.values(codes)

/** A refusal names its status as the first argument. */
export function refuseIdle(status: IdleRefusal): ApiError {
  return badRequest(codes[status], { args: [{ type: 'STRING', value: status }] })
}
