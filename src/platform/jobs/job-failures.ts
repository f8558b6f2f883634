import { brokenConstraint, isConnectionLost, isDatabaseBusy, sqlState } from '../database/database.ts'
import { ApiError } from '../errors/errors.ts'

/** Whether a step failed for want of the database: nothing is wrong with what it was about, and it is repeated. */
export const isOutage = (error: unknown) => isConnectionLost(error) || isDatabaseBusy(error)

/** What staff may read of a failure; messages of the database quote values of people. */
export function nameFailure(error: unknown): string {
  if (error instanceof ApiError) return error.code
  const name = error instanceof Error ? error.name : 'Error'
  return [name, sqlState(error), brokenConstraint(error)].filter((part) => part !== undefined).join(' ')
}
