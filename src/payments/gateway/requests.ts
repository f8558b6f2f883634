import { findRequest, insertRequest, listRequests, updateRequest, type FoundRequest } from '../tokens/request-store.ts'
import { findInstrument } from '../instruments/instrument-store.ts'
import { hashToken, requestToken } from '../tokens/secret-tokens.ts'
import { countFailure } from '../sessions/session-store.ts'
import { provider } from '../providers.ts'
import { refuseSilence } from '../tokens/authorisation.ts'
import type { ProviderAnswer } from '../provider.ts'
import type { RunUnit, UnitOfWork, View } from '../../platform/units/work.ts'
import { defined } from '../../platform/values/defined.ts'
import { describeHouse } from '../page/house.ts'
import type { Payer } from './gateway-door.ts'
import { type Gateway, getOwnRequest, lockOpenSession, MOST_FAILURES, refuseState } from './payer-session.ts'
import { storeDraft } from './drafts.ts'
import { describeInstrument } from './present-instrument.ts'
import { instrumentToken } from '../instruments/instrument-tokens.ts'

/** Begins an attempt; its token is shown to the payer alone. */
export function openRequest({ deps: { units } }: Gateway, payer: Payer) {
  return units.write(payer.caller, async (work) => {
    await lockOpenSession(work, payer)
    const { length } = await listRequests(work.tx, payer.sessionId)
    const token = requestToken(payer.sessionToken, length)
    const request = { sessionId: payer.sessionId, tokenSha256: hashToken(token) }
    const requestId = await insertRequest(work.tx, request, work.now)
    work.audit({ action: 'paymentRequest.created', entityKind: 'paymentRequest', entityId: requestId })
    return { token }
  })
}

/** The states in which a payer goes on with a request, the most advanced first. */
const resumable = ['PREAUTHED', 'PENDING_AUTHENTICATION', 'CREATED'] as const

/**
 * The request that a payer has begun and not given up, with its token: what a page shows that was closed in the middle. Of
 * several the most advanced one, then the latest.
 */
export async function findBegunRequest(gateway: Gateway, view: Pick<View, 'db'>, payer: Payer) {
  const rows = await listRequests(view.db, payer.sessionId)
  for (const wanted of resumable) {
    const at = rows.findLastIndex(({ state }) => state === wanted)
    const token = requestToken(payer.sessionToken, at)
    const isKnown = rows[at]?.tokenSha256.equals(hashToken(token)) ?? false
    if (isKnown) return { token, ...(await presentRequest(gateway, view, await getOwnRequest(view, payer, token))) }
  }
  return undefined
}

/** How far a request has come. */
export function showRequest(gateway: Gateway, payer: Payer, token: string) {
  return gateway.deps.units.read(payer.caller, async (view) =>
    presentRequest(gateway, view, await getOwnRequest(view, payer, token)),
  )
}

export async function presentRequest({ deps: { secrets } }: Gateway, { db }: Pick<View, 'db'>, request: FoundRequest) {
  const { requestState: status, method, instrumentId, failure } = request
  const row = instrumentId === null ? undefined : await findInstrument(db, instrumentId)
  return defined({
    status,
    paymentMethod: method ?? undefined,
    failureReason: failure ?? undefined,
    paymentInstrumentDetails: row && describeInstrument(row, secrets),
    paymentInstrumentToken: row && instrumentToken(secrets, row.id),
  })
}

/** Goes on with a request whose payer had to approve it elsewhere. */
export async function continueRequest(gateway: Gateway, payer: Payer, token: string) {
  const { units } = gateway.deps
  const request = await units.read(payer.caller, (view) => getOwnRequest(view, payer, token))
  if (request.requestState === 'CREATED') throw refuseState('CREATED')
  if (request.requestState !== 'PENDING_AUTHENTICATION') return showRequest(gateway, payer, token)
  const run: RunUnit = (work) => units.write(payer.caller, work)
  const answer = await provider.find(run, request.providerKey).catch(refuseSilence)
  if (answer) await run((work) => applyAnswer(work, payer, request.requestId, answer))
  return { ...(await showRequest(gateway, payer, token)), ...presentAction(gateway, answer) }
}

/** What a payer has to do next on a page of the provider. */
export function presentAction({ deps }: Gateway, answer: ProviderAnswer | undefined) {
  if (answer?.kind !== 'ACTION_REQUIRED') return {}
  const { action } = answer
  if (action.type === 'ELEMENTS') return { nextAction: action }
  return { nextAction: { type: action.type, url: describeHouse(deps).paymentUrl + action.path } }
}

/** Stores what the provider says of a request, wherever the session has come to meanwhile. */
export async function applyAnswer(
  work: UnitOfWork,
  { sessionId }: Pick<Payer, 'sessionId'>,
  requestId: number,
  answer: ProviderAnswer,
) {
  const { tx, now } = work
  const request = await findRequest(tx, requestId)
  if (!request || answer.kind === 'ACTION_REQUIRED') return
  // Given up meanwhile: what the provider holds has to be let go of, once more if need be.
  if (request.requestState === 'CANCELLED') return updateRequest(tx, requestId, { voidedAt: null }, now)
  if (request.requestState !== 'CREATED' && request.requestState !== 'PENDING_AUTHENTICATION') return
  if (answer.kind === 'AUTHORISED') {
    const authorised = request.amount.minor > 0n
    const { instrument } = answer
    // The payer has named the card to the provider alone.
    const isNew = instrument !== undefined && request.instrumentId === null
    const brought = isNew ? { instrumentId: await storeDraft(work, { identity: request.identity, instrument }) } : {}
    await updateRequest(tx, requestId, { state: 'PREAUTHED', authorised, ...brought }, now)
    work.audit({ action: 'paymentRequest.authorised', entityKind: 'paymentRequest', entityId: requestId })
    return
  }
  await updateRequest(tx, requestId, { state: 'FAILED', failure: answer.reason }, now)
  await countFailure(tx, sessionId, MOST_FAILURES, now)
  work.audit({ action: 'paymentRequest.declined', entityKind: 'paymentRequest', entityId: requestId })
}

/** The payer gives an attempt up; repeating it does no harm. */
export async function cancelRequest({ deps: { units } }: Gateway, payer: Payer, token: string) {
  await units.write(payer.caller, async (work) => {
    const { requestId, requestState } = await getOwnRequest(work, payer, token)
    if (requestState === 'CONSUMED') throw refuseState('CONSUMED')
    if (requestState === 'CANCELLED' || requestState === 'FAILED') return
    await updateRequest(work.tx, requestId, { state: 'CANCELLED' }, work.now)
    work.audit({ action: 'paymentRequest.cancelled', entityKind: 'paymentRequest', entityId: requestId })
  })
}
