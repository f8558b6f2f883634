import { ApiError, badRequest, notFound, type UnknownEntity } from '../../platform/errors/errors.ts'

type Reason =
  | 'transferNotConfirmed'
  | 'caseAssignedElsewhere'
  | 'caseIdsIncomplete'
  | 'originalAmountMismatch'
  | 'amountsExceedOriginal'
  | 'closureInvalid'
  | 'blockInvalid'

/** Refuses a field of a report (400). */
export const refuse = (reason: Reason, reference: string): ApiError =>
  badRequest(`errormessage.debtCollection.${reason}`, { reference })

/** Refuses a field that names something unknown (404). */
export function unknown(entity: UnknownEntity, id: string, reference: string): ApiError {
  const { status, code, details } = notFound(entity, id)
  return new ApiError(status, code, { ...details, reference })
}
