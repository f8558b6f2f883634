import { InvalidArgumentError } from 'commander'
import { BundledPostgresError } from '../platform/bundled-postgres/failure.ts'
import { ConfigError } from '../platform/config/setting-readers.ts'
import { brokenConstraint, sqlState } from '../platform/database/database.ts'
import { DatabaseRefusal } from '../platform/database/refused-database.ts'
import { ApiError } from '../platform/errors/errors.ts'
import { errorBody } from '../platform/errors/localisation.ts'
import { ListenFailure } from '../platform/http/listener.ts'
import { SealedByUnknownKey } from '../platform/secrets.ts'

/** What a command ends with; scripts may rely on these numbers. */
export const exitCode = { ok: 0, failure: 1, usage: 2, notFound: 3, conflict: 4, unreachable: 5 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** A command that was called wrongly. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A command that could not do its work, told in a sentence for the operator. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly exit: ExitCode

  constructor(message: string, exit: ExitCode = exitCode.failure) {
    super(message)
    this.exit = exit
  }
}

export interface ExplainedFailure {
  readonly exit: ExitCode
  readonly code: string
  readonly message: string
  /** Whether the place in the code helps, because nobody foresaw this. */
  readonly isUnexpected?: boolean
}

const DUPLICATE = '23505'
const OTHER_VIOLATIONS = new Set(['23502', '23503', '23514', '22P02', '22003'])
const REFUSED_AT_THE_DOOR = new Set(['28P01', '28000', '3D000', '57P03', '53300'])
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'ETIMEDOUT', 'ECONNRESET', 'EAI_AGAIN'])

/** Turns whatever a command threw into an exit code and a sentence. Messages of the driver quote values: never those. */
export function explainFailure(error: unknown): ExplainedFailure {
  if (error instanceof UsageError || error instanceof ConfigError || error instanceof InvalidArgumentError) {
    return { exit: exitCode.usage, code: 'usage', message: error.message }
  }
  if (error instanceof CommandFailure) return { exit: error.exit, code: 'failure', message: error.message }
  if (error instanceof SealedByUnknownKey) return { exit: exitCode.failure, code: 'secretKey', message: error.message }
  if (error instanceof DatabaseRefusal) return { exit: exitCode.failure, code: 'database', message: error.message }
  if (error instanceof ListenFailure) return { exit: exitCode.failure, code: 'port', message: error.message }
  if (error instanceof BundledPostgresError) {
    return { exit: exitCode.unreachable, code: 'database', message: error.message }
  }
  if (error instanceof ApiError) return explainRefusal(error)
  return explainDatabaseFailure(error) ?? explainSurprise(error)
}

function explainRefusal(error: ApiError): ExplainedFailure {
  const body = errorBody(error, 'en', '')
  const field = body.reference === undefined ? '' : ` (${body.reference})`
  const more = (body.violations ?? []).map((each) => `${each.errorMessage} (${each.reference})`)
  const message = more.length > 0 ? more.join('\n') : `${body.errorMessage}${field}`
  return { exit: exitCodeForStatus(error.status), code: error.code, message }
}

function exitCodeForStatus(status: number): ExitCode {
  if (status === 400) return exitCode.usage
  if (status === 404) return exitCode.notFound
  return status === 409 ? exitCode.conflict : exitCode.failure
}

function explainDatabaseFailure(error: unknown): ExplainedFailure | undefined {
  const state = sqlState(error)
  const constraint = brokenConstraint(error) ?? ''
  if (state === DUPLICATE) {
    return { exit: exitCode.conflict, code: constraint, message: `This exists already (${constraint}).` }
  }
  if (state !== undefined && OTHER_VIOLATIONS.has(state)) {
    return {
      exit: exitCode.usage,
      code: constraint || state,
      message: `The database refuses this (${constraint || state}).`,
    }
  }
  const system = (error as NodeJS.ErrnoException | undefined)?.code ?? ''
  if ((state !== undefined && REFUSED_AT_THE_DOOR.has(state)) || NO_CONNECTION.has(system)) {
    return {
      exit: exitCode.unreachable,
      code: state ?? system,
      message: `The database cannot be reached (${state ?? system}).`,
    }
  }
  return undefined
}

function explainSurprise(error: unknown): ExplainedFailure {
  const message = error instanceof Error && sqlState(error) === undefined ? error.message : 'An unexpected error.'
  return { exit: exitCode.failure, code: 'unexpected', message, isUnexpected: true }
}
