import { and, asc, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import { prepared, preparedWrite, type Queryable, type Tx } from '../platform/database/database.ts'
import { constant } from '../platform/database/columns.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { readMinor } from './amounts.ts'
import type { AccountKey } from './account-store.ts'
import { allocations, creditItems, debtClaims } from './tables.ts'

type Row = typeof debtClaims.$inferSelect
type InMinor = 'amount' | 'net' | 'tax' | 'openAmount' | 'reducedAmount' | 'reducedTax'

/** A claim with its amounts in minor units. */
export type Claim = Omit<Row, InMinor> & { readonly [K in InMinor]: bigint }

export function readClaim(row: Row): Claim {
  const minor = (stored: string) => readMinor(stored, row.currency)
  return {
    ...row,
    amount: minor(row.amount),
    net: minor(row.net),
    tax: minor(row.tax),
    openAmount: minor(row.openAmount),
    reducedAmount: minor(row.reducedAmount),
    reducedTax: minor(row.reducedTax),
  }
}

const claimRows = prepared((db) =>
  db
    .select()
    .from(debtClaims)
    .where(sql`${debtClaims.id} = any(${sql.placeholder('claimIds')}::bigint[])`)
    .orderBy(asc(debtClaims.dueDate), asc(debtClaims.id))
    .prepare('accounts_list_claims'),
)

/** Claims by their ids; ids that nobody has are left out. */
export async function listClaims(db: Queryable, claimIds: readonly number[]): Promise<Claim[]> {
  if (claimIds.length === 0) return []
  return (await claimRows(db).execute({ claimIds })).map(readClaim)
}

export async function findClaim(db: Queryable, claimId: number): Promise<Claim | undefined> {
  const [claim] = await listClaims(db, [claimId])
  return claim
}

export async function findClaimOfEntry(db: Queryable, entryId: number): Promise<number | undefined> {
  const [row] = await db
    .select({ id: debtClaims.id })
    .from(debtClaims)
    .where(eq(debtClaims.postedEntryId, entryId))
    .orderBy(debtClaims.id)
    .limit(1)
  return row?.id
}

const openClaimRows = prepared((db) => {
  const { customerId, entityId, payer, state, openAmount } = debtClaims
  return db
    .select()
    .from(debtClaims)
    .where(
      and(
        eq(customerId, sql.placeholder('customerId')),
        eq(entityId, sql.placeholder('entityId')),
        // What a company pays for the customer is not on the customer's account.
        eq(payer, constant('MEMBER')),
        eq(state, constant('POSTED')),
        ne(openAmount, sql`0`),
      ),
    )
    .orderBy(asc(debtClaims.dueDate), asc(debtClaims.id))
    .prepare('accounts_list_open_claims')
})

/** Posted claims of an account with something open, by due date; credit notes among them, below zero. */
export async function listOpenClaims(db: Queryable, { customerId, entityId }: AccountKey): Promise<Claim[]> {
  return (await openClaimRows(db).execute({ customerId, entityId })).map(readClaim)
}

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version' | 'openAmount' | 'state'
export type NewClaim = Omit<typeof debtClaims.$inferInsert, Fill>

/** All claims of a customer as staff see them, by due date. */
export function listCustomerClaims(db: Queryable, customerId: number) {
  const { id, kind, description, amount, tax, openAmount, currency, dueDate, state, parentClaimId } = debtClaims
  return db
    .select({ id, kind, description, amount, tax, openAmount, currency, dueDate, state, parentClaimId })
    .from(debtClaims)
    .where(and(eq(debtClaims.customerId, customerId), eq(debtClaims.payer, 'MEMBER')))
    .orderBy(asc(dueDate), asc(id))
}

/** Adds a claim that is not in the journal yet. */
export async function insertClaim(tx: Tx, claim: NewClaim, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(debtClaims)
    .values({ ...claim, state: 'SCHEDULED', openAmount: claim.amount, createdAt: now, updatedAt: now })
    .returning({ id: debtClaims.id })
  return returnedId(rows)
}

type ClaimChanges = Partial<
  Pick<
    typeof debtClaims.$inferInsert,
    'state' | 'postedEntryId' | 'reducedAmount' | 'reducedTax' | 'inInstallmentPlan' | 'latestRejectionReason'
  >
>

export async function updateClaims(tx: Tx, claimIds: readonly number[], changes: ClaimChanges, now: Temporal.Instant) {
  if (claimIds.length === 0) return
  await tx
    .update(debtClaims)
    .set({ ...changes, updatedAt: now, version: sql`${debtClaims.version} + 1` })
    .where(inArray(debtClaims.id, [...claimIds]))
}

const at = sql`${sql.placeholder('at')}::timestamptz`

const openAmounts = preparedWrite((tx) => {
  const settled = sql`(select coalesce(sum(a.amount), 0) from ${allocations} a
    where a.tenant_id = ${debtClaims.tenantId} and a.claim_id = ${debtClaims.id})`
  const given = sql`(select coalesce(sum(a.amount), 0) from ${allocations} a
    where a.tenant_id = ${debtClaims.tenantId} and a.credit_claim_id = ${debtClaims.id})`
  return tx
    .update(debtClaims)
    .set({ openAmount: sql`${debtClaims.amount} - ${settled} + ${given}`, updatedAt: at })
    .where(sql`${debtClaims.id} = any(${sql.placeholder('claimIds')}::bigint[])`)
    .prepare('accounts_refresh_open_amounts')
})

/** Computes anew what allocations have left open of claims and credit notes. */
export async function refreshOpenAmounts(tx: Tx, claimIds: readonly number[], now: Temporal.Instant) {
  if (claimIds.length > 0) await openAmounts(tx).execute({ claimIds, at: now.toString() })
}

const remaining = preparedWrite((tx) => {
  const used = sql`(select coalesce(sum(a.amount), 0) from ${allocations} a
    where a.tenant_id = ${creditItems.tenantId} and a.credit_item_id = ${creditItems.id})`
  return tx
    .update(creditItems)
    .set({ remaining: sql`${creditItems.amount} - ${creditItems.reversed} - ${used}`, updatedAt: at })
    .where(sql`${creditItems.id} = any(${sql.placeholder('itemIds')}::bigint[])`)
    .prepare('accounts_refresh_remaining')
})

/** Computes anew what allocations and reversals have left of credit items. */
export async function refreshRemaining(tx: Tx, itemIds: readonly number[], now: Temporal.Instant) {
  if (itemIds.length > 0) await remaining(tx).execute({ itemIds, at: now.toString() })
}

/** Claims due from a day on follow their customer to another studio; what is in the journal stays where it was booked. */
export async function moveClaims(
  tx: Tx,
  { customerId, fromStudioId, toStudioId, switchDate }: StudioMove,
  now: Temporal.Instant,
) {
  await tx
    .update(debtClaims)
    .set({ studioId: toStudioId, updatedAt: now, version: sql`${debtClaims.version} + 1` })
    .where(
      and(
        eq(debtClaims.customerId, customerId),
        eq(debtClaims.studioId, fromStudioId),
        gt(debtClaims.dueDate, switchDate.subtract({ days: 1 })),
      ),
    )
}

interface StudioMove {
  readonly customerId: number
  readonly fromStudioId: number
  readonly toStudioId: number
  readonly switchDate: Temporal.PlainDate
}
