import { badRequest, refuseFields, refuseUnknown, violation } from '../../platform/errors/errors.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { refuseSilence } from '../tokens/authorisation.ts'
import { cardLabel } from '../instruments/account-numbers.ts'
import { accountPartLabel } from '../instruments/bank-accounts.ts'
import { findIdentity } from '../sessions/identity-store.ts'
import { insertDraft, listChoosable } from '../instruments/instrument-store.ts'
import { instrumentToken } from '../instruments/instrument-tokens.ts'
import { isByHand, isDirectDebit, type Method } from '../method-rules.ts'
import type { ProviderAnswer, StoredInstrument } from '../provider.ts'
import { type FoundRequest, updateRequest } from '../tokens/request-store.ts'
import { sandbox } from '../sandbox/sandbox-provider.ts'
import type { SessionRow } from '../sessions/session-store.ts'
import type { Authorisation } from './gateway-api.ts'
import type { Payer } from './gateway-door.ts'
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
  await run((work) => storeAnswer(work, { gateway, payer, attempt, answer }))
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
  const found = stored.find(({ id, type }) => type === method && instrumentToken(secrets, id) === chosen)
  if (!found) throw refuseUnknown('paymentInstrumentToken')
  return found.id
}

function askProvider(
  run: RunUnit,
  request: FoundRequest,
  { card, paymentMethod }: Authorisation,
): Promise<ProviderAnswer> {
  if (paymentMethod === 'CREDIT_CARD' && !card) throw refuseFields([violation('card', 'required')])
  const source = card ? ({ kind: 'CARD', card } as const) : ({ kind: 'WALLET', method: paymentMethod } as const)
  return sandbox.authorise(run, { key: request.providerKey, amount: request.amount, source }).catch(refuseSilence)
}

interface Answered {
  readonly gateway: Gateway
  readonly payer: Payer
  readonly attempt: Attempt
  readonly answer: ProviderAnswer
}

async function storeAnswer(work: UnitOfWork, { gateway, payer, attempt, answer }: Answered) {
  const { token, body } = attempt
  const { requestId, requestState, identity } = await getOwnRequest(work, payer, token)
  if (requestState === 'CREATED' && answer.kind !== 'DECLINED') {
    const { paymentMethod: method, saveForLater: keepInstrument = false } = body
    const stored = answer.instrument
    const instrumentId = stored ? await insertDraft(work.tx, toDraft(gateway, identity, body, stored), work.now) : null
    const state = answer.kind === 'ACTION_REQUIRED' ? 'PENDING_AUTHENTICATION' : 'CREATED'
    await updateRequest(work.tx, requestId, { method, instrumentId, keepInstrument, state }, work.now)
  }
  await applyAnswer(work, payer, requestId, answer)
}

/** What may be kept of a card; its number is not among it. */
function toDraft({ deps: { secrets } }: Gateway, identity: string, body: Authorisation, stored: StoredInstrument) {
  const { ref: providerRef, brand, last4, first6, expiry } = stored
  const hash = (label: string) => secrets.hash('blind-index', label)
  return {
    identity,
    type: 'CREDIT_CARD' as const,
    holder: body.card?.holder ?? null,
    accountHmac: first6 && last4 ? hash(cardLabel(first6, last4)) : null,
    accountPartHmac: last4 ? hash(accountPartLabel(last4)) : null,
    providerRef,
    brand,
    last4,
    expiry,
  }
}
