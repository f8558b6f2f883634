import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { prepared, preparedWrite, type Queryable, type Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { readMoney } from '../../platform/values/money.ts'
import { paymentIdentities, paymentInstruments, paymentRequests, paymentSessions } from '../tables.ts'
import type { TokenFacts } from './token-rules.ts'

/** A request with what its use needs to know. */
export interface FoundRequest extends TokenFacts {
  readonly requestId: number
  readonly sessionId: number
  readonly providerKey: string
  readonly authorised: boolean
  readonly instrumentId: number | null
  /** What the provider calls the instrument. */
  readonly instrumentRef: string | null
  readonly keepInstrument: boolean
  readonly referenceText: string
}

const joined = and(
  eq(paymentSessions.tenantId, paymentRequests.tenantId),
  eq(paymentSessions.id, paymentRequests.sessionId),
)
const ofSession = and(
  eq(paymentIdentities.tenantId, paymentSessions.tenantId),
  eq(paymentIdentities.id, paymentSessions.identity),
)
const chosen = and(
  eq(paymentInstruments.tenantId, paymentRequests.tenantId),
  eq(paymentInstruments.id, paymentRequests.instrumentId),
)

function selectRequests(db: Queryable) {
  const { identity, scope, amount, currency, referenceText, validUntil } = paymentSessions
  const { method, failure, providerKey, authorised, instrumentId, keepInstrument } = paymentRequests
  return db
    .select({
      requestId: paymentRequests.id,
      sessionId: paymentSessions.id,
      requestState: paymentRequests.state,
      sessionState: paymentSessions.state,
      sessionStudioId: paymentSessions.studioId,
      sessionCustomerId: paymentSessions.customerId,
      identityCustomerId: paymentIdentities.customerId,
      instrumentRef: paymentInstruments.providerRef,
      identity,
      scope,
      amount,
      currency,
      referenceText,
      validUntil,
      method,
      failure,
      providerKey,
      authorised,
      instrumentId,
      keepInstrument,
    })
    .from(paymentRequests)
    .innerJoin(paymentSessions, joined)
    .innerJoin(paymentIdentities, ofSession)
    .leftJoin(paymentInstruments, chosen)
}

type Row = Awaited<ReturnType<typeof selectRequests>>[number]

const toFacts = ({ amount, currency, ...row }: Row): FoundRequest => ({
  ...row,
  amount: readMoney(amount, currency, 'amount'),
})

const requestByToken = prepared((db) =>
  selectRequests(db)
    .where(eq(paymentRequests.tokenSha256, sql.placeholder('tokenSha256')))
    .prepare('payments_find_request_by_token'),
)
const requestById = prepared((db) =>
  selectRequests(db)
    .where(eq(paymentRequests.id, sql.placeholder('requestId')))
    .prepare('payments_find_request'),
)

export async function findRequestByToken(db: Queryable, tokenSha256: Buffer): Promise<FoundRequest | undefined> {
  const [row] = await requestByToken(db).execute({ tokenSha256 })
  return row && toFacts(row)
}

export async function findRequest(db: Queryable, requestId: number): Promise<FoundRequest | undefined> {
  const [row] = await requestById(db).execute({ requestId })
  return row && toFacts(row)
}

/** The request that a charge of the provider was begun for. */
export async function findRequestByKey(db: Queryable, providerKey: string): Promise<FoundRequest | undefined> {
  const [row] = await selectRequests(db).where(eq(paymentRequests.providerKey, providerKey))
  return row && toFacts(row)
}

/** The requests of a session in the order in which they were begun. */
export function listRequests(db: Queryable, sessionId: number) {
  return db
    .select({ id: paymentRequests.id, state: paymentRequests.state, tokenSha256: paymentRequests.tokenSha256 })
    .from(paymentRequests)
    .where(eq(paymentRequests.sessionId, sessionId))
    .orderBy(paymentRequests.id)
}

/** Holds sessions, then the identities of them; each kind in its own order, so that two units never wait for each other. */
export async function lockSessions(tx: Tx, sessionIds: readonly number[]) {
  const rows = await tx
    .select({ identity: paymentSessions.identity })
    .from(paymentSessions)
    .where(inArray(paymentSessions.id, [...sessionIds]))
    .orderBy(paymentSessions.id)
    .for('update')
  await tx
    .select({ id: paymentIdentities.id })
    .from(paymentIdentities)
    .where(
      inArray(
        paymentIdentities.id,
        rows.map(({ identity }) => identity),
      ),
    )
    .orderBy(paymentIdentities.id)
    .for('update')
}

type NewRequest = Pick<typeof paymentRequests.$inferInsert, 'sessionId' | 'tokenSha256' | 'providerKey'>

export async function insertRequest(tx: Tx, request: NewRequest, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(paymentRequests)
    .values({ ...request, state: 'CREATED', createdAt: now, updatedAt: now })
    .returning({ id: paymentRequests.id })
  return returnedId(rows)
}

type RequestChanges = Partial<
  Pick<
    typeof paymentRequests.$inferInsert,
    'state' | 'method' | 'instrumentId' | 'keepInstrument' | 'authorised' | 'failure' | 'voidedAt'
  >
>

export async function updateRequest(tx: Tx, requestId: number, changes: RequestChanges, now: Temporal.Instant) {
  await tx
    .update(paymentRequests)
    .set({ ...changes, updatedAt: now, version: sql`${paymentRequests.version} + 1` })
    .where(eq(paymentRequests.id, requestId))
}

const at = sql`${sql.placeholder('at')}::timestamptz`

const taking = preparedWrite((tx) =>
  tx
    .update(paymentRequests)
    .set({ state: 'CONSUMED', consumedAt: at, updatedAt: at, version: sql`${paymentRequests.version} + 1` })
    .where(and(eq(paymentRequests.id, sql.placeholder('requestId')), eq(paymentRequests.state, 'PREAUTHED')))
    .returning({ id: paymentRequests.id })
    .prepare('payments_take_request'),
)

/** Takes an authorised request; false when it was taken or given up before. */
export async function takeRequest(tx: Tx, requestId: number, now: Temporal.Instant): Promise<boolean> {
  const rows = await taking(tx).execute({ requestId, at: now.toString() })
  return rows.length > 0
}

/** Gives up all requests of a session that are not decided yet, but the one that was taken. */
export async function cancelOtherRequests(tx: Tx, sessionId: number, takenId: number, now: Temporal.Instant) {
  await tx
    .update(paymentRequests)
    .set({ state: 'CANCELLED', updatedAt: now, version: sql`${paymentRequests.version} + 1` })
    .where(
      and(
        eq(paymentRequests.sessionId, sessionId),
        ne(paymentRequests.id, takenId),
        inArray(paymentRequests.state, ['CREATED', 'PENDING_AUTHENTICATION', 'AUTHENTICATED', 'PREAUTHED']),
      ),
    )
}

export async function closeSession(
  tx: Tx,
  sessionId: number,
  state: 'CONSUMED' | 'EXPIRED' | 'LOCKED',
  now: Temporal.Instant,
) {
  await tx
    .update(paymentSessions)
    .set({ state, updatedAt: now, version: sql`${paymentSessions.version} + 1` })
    .where(eq(paymentSessions.id, sessionId))
}
