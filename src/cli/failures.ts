import { InvalidArgumentError } from 'commander'
import { BundledPostgresError } from '../platform/bundled-postgres/failure.ts'
import { ConfigError } from '../platform/config/setting-readers.ts'
import { isConnectionLost, isDatabaseBusy, sqlState } from '../platform/database/database.ts'
import { DatabaseRefusal } from '../platform/database/refused-database.ts'
import { ApiError } from '../platform/errors/errors.ts'
import { errorBody } from '../platform/errors/localisation.ts'
import { ListenFailure } from '../platform/http/listener.ts'
import { SealedByUnknownKey } from '../platform/secrets.ts'
import { type ExitCode, exitCode } from './exit-codes.ts'
import { explainFileFailure } from './file-failures.ts'
import { explainViolation } from './violations.ts'

/** A command that was called wrongly. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A command that could not do its work, with the reason as a sentence for the operator. */
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
  /** Whether the position in the code helps, because this was not expected. */
  readonly isUnexpected?: boolean
}

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
  const violation = explainViolation(error, {})
  if (violation) return { code: 'constraint', ...violation }
  const file = explainFileFailure(error)
  if (file) return { code: 'file', ...file }
  return explainUnreachable(error) ?? explainSurprise(error)
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

function explainUnreachable(error: unknown): ExplainedFailure | undefined {
  const state = sqlState(error)
  const system = (error as NodeJS.ErrnoException | undefined)?.code ?? ''
  const isRefused = state !== undefined && REFUSED_AT_THE_DOOR.has(state)
  if (!isRefused && !NO_CONNECTION.has(system) && !isConnectionLost(error) && !isDatabaseBusy(error)) return undefined
  const code = (state ?? system) || 'database'
  const named = code === 'database' ? '' : ` (${code})`
  return { exit: exitCode.unreachable, code, message: `The database cannot be reached${named}.` }
}

function explainSurprise(error: unknown): ExplainedFailure {
  const message = error instanceof Error && sqlState(error) === undefined ? error.message : 'An unexpected error.'
  return { exit: exitCode.failure, code: 'unexpected', message, isUnexpected: true }
}
