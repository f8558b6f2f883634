import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import type { Sight } from '../reading/sight.ts'
import { isVisible } from '../reading/sight-store.ts'
import { additionalInformationAssignments, customerNumberCounters, customerThirdPartyIds } from '../tables.ts'
import { customers } from '../customer-table.ts'

export type NewCustomer = Omit<typeof customers.$inferInsert, 'tenantId' | 'createdAt' | 'updatedAt' | 'version'>

/** The first counter that a studio gives out. */
const FIRST_NUMBER = 10_000

/** Another unit that creates an equal customer waits until this one ends until this unit ends. `key` is any 64-bit number. */
export async function lockCandidate(tx: Tx, key: bigint) {
  await tx.execute(sql`select pg_advisory_xact_lock(${key.toString()}::bigint)`)
}

/** The customer of an integration's own id, and whether the caller may see that customer. */
export async function findThirdPartyHolder(db: Queryable, sight: Sight, value: string) {
  const [row] = await db
    .select({ customerId: customers.id, isVisible: sql<boolean>`${isVisible}` })
    .from(customerThirdPartyIds)
    .innerJoin(
      customers,
      and(eq(customers.tenantId, customerThirdPartyIds.tenantId), eq(customers.id, customerThirdPartyIds.customerId)),
    )
    .where(
      and(
        eq(customerThirdPartyIds.integrationId, sql.placeholder('integrationId')),
        eq(customerThirdPartyIds.value, value),
      ),
    )
    .prepare('')
    .execute({ ...sight })
  return row
}

/** The oldest living customer of a studio who is the same person by name, birth date and e-mail. */
export async function findDuplicate(
  db: Queryable,
  studioId: number,
  dedupeHashes: readonly Buffer[],
): Promise<number | undefined> {
  const [row] = await db
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        inArray(customers.dedupeHash, [...dedupeHashes]),
        eq(customers.studioId, studioId),
        isNull(customers.erasedAt),
        eq(customers.system, false),
      ),
    )
    .orderBy(customers.id)
    .limit(1)
  return row?.id
}

/**
 * Takes the next `count` customer counters of a studio and answers the first; other creations of the studio wait until this
 * unit ends. Gaps are normal.
 */
export async function takeNumbers(tx: Tx, studioId: number, count: number): Promise<number> {
  const [row] = await tx
    .insert(customerNumberCounters)
    .values({ studioId, next: FIRST_NUMBER + count })
    .onConflictDoUpdate({
      target: [customerNumberCounters.tenantId, customerNumberCounters.studioId],
      set: { next: sql`${customerNumberCounters.next} + ${count}` },
    })
    .returning({ taken: sql<number>`${customerNumberCounters.next} - ${count}` })
  return Number(row?.taken)
}

/** Gives counters back that were taken last. */
export async function setNextNumber(tx: Tx, studioId: number, next: number) {
  await tx.update(customerNumberCounters).set({ next }).where(eq(customerNumberCounters.studioId, studioId))
}

/** The first of these numbers that no customer has, and its position among them, counted from 1. */
export async function findFreeNumber(
  db: Queryable,
  numbers: readonly string[],
): Promise<{ readonly number: string; readonly at: number } | undefined> {
  const [row] = await db
    .select({ number: sql<string>`wanted.number`, at: sql<number>`wanted.at::int` })
    .from(sql`unnest(${sql.param([...numbers])}::text[]) with ordinality as wanted(number, at)`)
    // Asked for each number by the index; as a join the database would read all customers.
    .where(sql`(select ${customers.id} from ${customers} where ${customers.numberFold} = lower(wanted.number)) is null`)
    .orderBy(sql`wanted.at`)
    .limit(1)
  return row
}

/** About how many customers the tenant has ever had, from the counters of its studios. */
export async function countCreated(db: Queryable): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`coalesce(sum(${customerNumberCounters.next} - ${FIRST_NUMBER}), 0)::bigint` })
    .from(customerNumberCounters)
  return row?.count ?? 0
}

/** Which of these codes and access numbers are given out already. */
export async function listTakenCodes(db: Queryable, codes: readonly string[], accessNumbers: readonly string[]) {
  const [taken, takenNumbers] = await Promise.all([
    db
      .select({ code: customers.referralCode })
      .from(customers)
      .where(inArray(customers.referralCode, [...codes])),
    db
      .select({ number: customers.staticAccessNumber })
      .from(customers)
      .where(inArray(customers.staticAccessNumber, [...accessNumbers])),
  ])
  return new Set([...taken.map(({ code }) => code), ...takenNumbers.map(({ number }) => number)])
}

export async function insertCustomer(tx: Tx, customer: NewCustomer, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(customers)
    .values({ ...customer, createdAt: now, updatedAt: now })
    .returning({ id: customers.id })
  return returnedId(rows)
}

export async function insertThirdPartyId(
  tx: Tx,
  row: { readonly customerId: number; readonly integrationId: number | null; readonly value: string },
  now: Temporal.Instant,
) {
  await tx.insert(customerThirdPartyIds).values({ ...row, createdAt: now })
}

export async function insertAssignments(
  tx: Tx,
  customerId: number,
  assignments: readonly { readonly additionalInformationFieldId: number; readonly value: string }[],
  now: Temporal.Instant,
) {
  if (assignments.length === 0) return
  await tx.insert(additionalInformationAssignments).values(
    assignments.map(({ additionalInformationFieldId, value }) => ({
      customerId,
      fieldId: additionalInformationFieldId,
      value,
      createdAt: now,
    })),
  )
}

/** The home studio of a living customer. */
export async function findHomeStudioId(db: Queryable, customerId: number): Promise<number | undefined> {
  const [row] = await db
    .select({ studioId: customers.studioId })
    .from(customers)
    .where(and(eq(customers.id, customerId), isNull(customers.erasedAt)))
  return row?.studioId
}
