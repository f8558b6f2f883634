import { badRequest, refuseUnknown } from '../../platform/errors/errors.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { refuseSilence } from '../tokens/authorisation.ts'
import { findIdentity } from '../sessions/identity-store.ts'
import { listChoosable } from '../instruments/instrument-store.ts'
import { instrumentToken } from '../instruments/instrument-tokens.ts'
import { isByHand, isDirectDebit, type Method } from '../method-rules.ts'
import type { ProviderAnswer } from '../provider.ts'
import { type FoundRequest, updateRequest } from '../tokens/request-store.ts'
import { provider } from '../providers.ts'
import type { SessionRow } from '../sessions/session-store.ts'
import type { Authorisation } from './gateway-api.ts'
import type { Payer } from './gateway-door.ts'
import { storeDraft } from './drafts.ts'
import { draftMandate } from './mandates.ts'
import { type Gateway, getOwnRequest, lockOpenSession, refuseState } from './payer-session.ts'
import { applyAnswer, presentAction, showRequest } from './requests.ts'

export interface Attempt {
  readonly token: string
  readonly body: Authorisation
}

/**
 * A payer says how to pay. Cards and wallets are asked for at the provider, between two units: the first one judges, the
 * second one stores, and both hold the session.
 */
export async function authoriseRequest(gateway: Gateway, payer: Payer, attempt: Attempt) {
  const { body, token } = attempt
  const run: RunUnit = (work) => gateway.deps.units.write(payer.caller, work)
  const prepared = await prepareAttempt(gateway, payer, attempt)
  const begin = (work: UnitOfWork) => beginAttempt(work, payer, attempt)
  if (prepared) {
    await run(async (work) => prepared(work, await begin(work)))
    return showRequest(gateway, payer, token)
  }
  const { request } = await run(begin)
  const answer = await askProvider(run, request, body)
  await run((work) => storeAnswer(work, { payer, attempt, answer }))
  return { ...(await showRequest(gateway, payer, token)), ...presentAction(gateway, answer) }
}

interface Begun {
  readonly session: SessionRow
  readonly request: FoundRequest
}

/** Refuses what this session or this attempt cannot do any more. */
async function beginAttempt(work: UnitOfWork, payer: Payer, { token, body }: Attempt): Promise<Begun> {
  const session = await lockOpenSession(work, payer)
  const request = await getOwnRequest(work, payer, token)
  if (request.requestState !== 'CREATED') throw refuseState(request.requestState)
  const offered: readonly Method[] = session.methods
  if (!offered.includes(body.paymentMethod)) {
    throw badRequest('errormessage.payment.methodNotOffered', { reference: 'paymentMethod' })
  }
  return { session, request }
}

type Finish = (work: UnitOfWork, begun: Begun) => Promise<void>

/** What needs no provider: paying by hand, a stored instrument, a mandate. Undefined for all others. */
async function prepareAttempt(gateway: Gateway, payer: Payer, { body }: Attempt): Promise<Finish | undefined> {
  const { paymentMethod: method, paymentInstrumentToken: chosen, saveForLater: keepInstrument = false } = body
  if (chosen !== undefined) {
    return async (work, { session, request }) => {
      const instrumentId = await findChosen(gateway, work, session, { method, chosen })
      await updateRequest(work.tx, request.requestId, { state: 'PREAUTHED', method, instrumentId }, work.now)
    }
  }
  if (isByHand(method)) {
    return ({ tx, now }, { request }) => updateRequest(tx, request.requestId, { state: 'PREAUTHED', method }, now)
  }
  if (!isDirectDebit(method)) return undefined
  const draft = await draftMandate(gateway, payer, body)
  return async (work, { session, request }) => {
    const instrumentId = await draft(work, session)
    const accepted = { state: 'PREAUTHED', method, instrumentId, keepInstrument } as const
    await updateRequest(work.tx, request.requestId, accepted, work.now)
  }
}

/** A stored instrument of the payer and the method; any other one does not exist. */
async function findChosen(
  { deps: { secrets } }: Gateway,
  { tx }: UnitOfWork,
  session: SessionRow,
  { method, chosen }: { readonly method: Method; readonly chosen: string },
): Promise<number> {
  const identity = await findIdentity(tx, session.identity)
  const customerId = session.customerId ?? identity?.customerId ?? null
  const stored = customerId === null ? [] : await listChoosable(tx, customerId)
  const { takes } = await provider.capabilities({ db: tx }, session.studioId)
  const found = stored.find(
    ({ id, type, providerRef }) =>
      type === method && (isDirectDebit(method) || takes(providerRef)) && instrumentToken(secrets, id) === chosen,
  )
  if (!found) throw refuseUnknown('paymentInstrumentToken')
  return found.id
}

function askProvider(
  run: RunUnit,
  request: FoundRequest,
  { card, paymentMethod, saveForLater = false }: Authorisation,
): Promise<ProviderAnswer> {
  const { providerKey: key, sessionStudioId: studioId, amount } = request
  const source = card ? ({ kind: 'CARD', card } as const) : ({ kind: 'METHOD', method: paymentMethod } as const)
  return provider.authorise(run, { key, studioId, amount, keep: saveForLater, source }).catch(refuseSilence)
}

interface Answered {
  readonly payer: Payer
  readonly attempt: Attempt
  readonly answer: ProviderAnswer
}

async function storeAnswer(work: UnitOfWork, { payer, attempt, answer }: Answered) {
  const { token, body } = attempt
  const { requestId, requestState, identity } = await getOwnRequest(work, payer, token)
  if (requestState === 'CREATED' && answer.kind !== 'DECLINED') {
    const { paymentMethod: method, saveForLater: keepInstrument = false } = body
    const { instrument } = answer
    const instrumentId = instrument ? await storeDraft(work, { identity, holder: body.card?.holder, instrument }) : null
    const state = answer.kind === 'ACTION_REQUIRED' ? 'PENDING_AUTHENTICATION' : 'CREATED'
    await updateRequest(work.tx, requestId, { method, instrumentId, keepInstrument, state }, work.now)
  }
  await applyAnswer(work, payer, requestId, answer)
}
