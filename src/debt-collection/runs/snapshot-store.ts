import { and, eq, isNull, sql } from 'drizzle-orm'
import { debtClaims } from '../../accounts/tables.ts'
import { contractCancelations, contracts } from '../../contracts/tables.ts'
import { customers } from '../../customers/customer-table.ts'
import { customerLiablePersons } from '../../customers/tables.ts'
import { paymentInstruments } from '../../payments/tables.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { studios } from '../../studios/tables.ts'
import { idList } from '../blocks/block-store.ts'
import { collectionCases, collectionDebts } from '../tables.ts'
import type { DebtorSnapshot } from './snapshot-facts.ts'

/** Customers with the bank account that they pay from and the person who stands for them. */
export function listPersons(db: Queryable, customerIds: readonly number[]) {
  return db
    .select({ person: customers, instrument: paymentInstruments, liable: customerLiablePersons })
    .from(customers)
    .leftJoin(
      paymentInstruments,
      and(
        eq(paymentInstruments.tenantId, customers.tenantId),
        eq(paymentInstruments.customerId, customers.id),
        eq(paymentInstruments.isRunDefault, true),
        eq(paymentInstruments.state, 'ACTIVE'),
      ),
    )
    .leftJoin(
      customerLiablePersons,
      and(eq(customerLiablePersons.tenantId, customers.tenantId), eq(customerLiablePersons.customerId, customers.id)),
    )
    .where(sql`${customers.id} = any(${idList(customerIds)})`)
}

export type PersonRow = Awaited<ReturnType<typeof listPersons>>[number]

/** Memberships of customers that are not over, by start. */
export function listCurrentMemberships(db: Queryable, customerIds: readonly number[], now: Temporal.Instant) {
  return db
    .select({
      id: contracts.id,
      customerId: contracts.customerId,
      rateName: sql<string | null>`${contracts.snapshot} ->> 'rateName'`,
      startDate: contracts.startDate,
      endDate: contracts.committedEnd,
      createdDate: contracts.signingDate,
      cancelled: sql<boolean>`exists (select from ${contractCancelations} x where x.tenant_id = ${contracts.tenantId}
        and x.contract_id = ${contracts.id} and x.state in ('EFFECTIVE', 'WITHDRAWAL_PENDING'))`,
    })
    .from(contracts)
    .innerJoin(studios, and(eq(studios.tenantId, contracts.tenantId), eq(studios.id, contracts.studioId)))
    .where(
      and(
        sql`${contracts.customerId} = any(${idList(customerIds)})`,
        isNull(contracts.voidedAt),
        sql`${contracts.committedEnd} >= (${now.toString()}::timestamptz at time zone ${studios.timeZone})::date`,
      ),
    )
    .orderBy(contracts.startDate, contracts.id)
}

export type MembershipRow = Awaited<ReturnType<typeof listCurrentMemberships>>[number]

/** Debts of cases as their claims describe them, by due date. */
export function listDescribedDebts(db: Queryable, caseIds: readonly number[]) {
  return db
    .select({ caseId: collectionDebts.caseId, original: collectionDebts.original, claim: debtClaims })
    .from(collectionDebts)
    .innerJoin(
      debtClaims,
      and(eq(debtClaims.tenantId, collectionDebts.tenantId), eq(debtClaims.id, collectionDebts.claimId)),
    )
    .where(sql`${collectionDebts.caseId} = any(${idList(caseIds)})`)
    .orderBy(debtClaims.dueDate, debtClaims.id)
}

export type DescribedDebt = Awaited<ReturnType<typeof listDescribedDebts>>[number]

type Sealed = Pick<
  typeof collectionCases.$inferInsert,
  'ibanEnc' | 'identificationEnc' | 'liableIbanEnc' | 'liableIdentificationEnc'
>

/** Stores what the agency is given of a case. */
export async function saveSnapshot(
  tx: Tx,
  caseId: number,
  { snapshot, ...sealed }: Sealed & { readonly snapshot: DebtorSnapshot },
  now: Temporal.Instant,
) {
  await tx
    .update(collectionCases)
    .set({ snapshot, ...sealed, updatedAt: now, version: sql`${collectionCases.version} + 1` })
    .where(eq(collectionCases.id, caseId))
}
