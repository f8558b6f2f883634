import type { PageDeps } from '../../module.ts'
import { ApiError, conflict } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findRequestByToken, type FoundRequest } from '../tokens/request-store.ts'
import { hashToken } from '../tokens/secret-tokens.ts'
import { lockSession, type SessionRow } from '../sessions/session-store.ts'
import type { Payer } from './gateway-door.ts'
import { isBefore } from '../../platform/time/order.ts'

export interface Gateway {
  readonly deps: PageDeps
}

/** Most refused attempts of a session. */
export const MOST_FAILURES = 10

/** The locked session of a payer; refuses one that is over (409) or locked (403). */
export async function lockOpenSession(work: UnitOfWork, { sessionId }: Payer): Promise<SessionRow> {
  const session = await lockSession(work.tx, sessionId)
  if (session?.state === 'LOCKED') throw new ApiError(403, 'errormessage.paymentSession.locked')
  const isOver = !session || !isBefore(work.now, session.validUntil)
  if (isOver || session.state !== 'OPEN') throw conflict('errormessage.paymentSession.over')
  return session
}

/** A request of the payer's own session; any other one does not exist. */
export async function getOwnRequest(
  { db }: Pick<UnitOfWork, 'db'>,
  payer: Payer,
  token: string,
): Promise<FoundRequest> {
  const found = await findRequestByToken(db, hashToken(token))
  if (found?.sessionId !== payer.sessionId) throw new ApiError(404, 'errormessage.paymentRequest.unknown')
  return found
}

export function refuseState(state: FoundRequest['requestState']) {
  return conflict('errormessage.paymentRequest.stateInvalid', { args: [{ type: 'ENUM', value: state }] })
}
