import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../database/database.ts'
import { returnedId } from '../database/returned-id.ts'
import { outgoingMails } from '../tables.ts'

export type MailRow = typeof outgoingMails.$inferSelect
export type MailState = MailRow['state']

export async function listTenantsWithDueMails(db: Queryable, realNow: Temporal.Instant): Promise<readonly number[]> {
  const rows = await db
    .select({ id: sql<number>`tenant_id` })
    .from(sql`palestra_tenants_with_due_mails(${realNow.toString()}::timestamptz)`)
  return rows.map(({ id }) => id)
}

export async function insertMail(
  tx: Tx,
  mail: Omit<typeof outgoingMails.$inferInsert, 'id' | 'tenantId' | 'createdAt'>,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx
    .insert(outgoingMails)
    .values({ ...mail, createdAt: now })
    .returning({ id: outgoingMails.id })
  return returnedId(rows)
}

/** The mail that has waited longest and is due; others may be sent by other processes meanwhile. */
export async function lockDueMail(tx: Tx, realNow: Temporal.Instant): Promise<MailRow | undefined> {
  const [row] = await tx
    .select()
    .from(outgoingMails)
    .where(
      and(
        sql`${outgoingMails.state} in ('QUEUED', 'SENDING')`,
        sql`(${outgoingMails.dueAt} is null or ${outgoingMails.dueAt} <= ${realNow.toString()}::timestamptz)`,
      ),
    )
    .orderBy(asc(outgoingMails.id))
    .limit(1)
    .for('update', { skipLocked: true })
  return row
}

export type MailChanges = Partial<
  Pick<MailRow, 'state' | 'attempts' | 'dueAt' | 'handedOver' | 'settledAt' | 'failure' | 'contentEnc'>
>

/** Changes a mail that is still in the hands of the attempt `attempts`; says whether it was. */
export async function updateMail(tx: Tx, mailId: number, attempts: number, changes: MailChanges): Promise<boolean> {
  const rows = await tx
    .update(outgoingMails)
    .set(changes)
    .where(and(eq(outgoingMails.id, mailId), eq(outgoingMails.attempts, attempts)))
    .returning({ id: outgoingMails.id })
  return rows.length > 0
}

export async function lockMail(tx: Tx, mailId: number): Promise<MailRow | undefined> {
  const [row] = await tx.select().from(outgoingMails).where(eq(outgoingMails.id, mailId)).for('update')
  return row
}

/** Mails without what stands in them, latest first. */
export function listMails(db: Queryable, states: readonly MailState[], limit: number) {
  return db
    .select({
      id: outgoingMails.id,
      purpose: outgoingMails.purpose,
      customerId: outgoingMails.customerId,
      state: outgoingMails.state,
      attempts: outgoingMails.attempts,
      createdAt: outgoingMails.createdAt,
      dueAt: outgoingMails.dueAt,
      settledAt: outgoingMails.settledAt,
      failure: outgoingMails.failure,
    })
    .from(outgoingMails)
    .where(inArray(outgoingMails.state, [...states]))
    .orderBy(desc(outgoingMails.id))
    .limit(limit)
}

/** Forgets mails that were settled before `before`, at most `size`; says how many. */
export async function deleteSettledMails(tx: Tx, before: Temporal.Instant, size: number): Promise<number> {
  const old = tx
    .select({ id: outgoingMails.id })
    .from(outgoingMails)
    .where(lt(outgoingMails.settledAt, before))
    .limit(size)
  const rows = await tx.delete(outgoingMails).where(inArray(outgoingMails.id, old)).returning({ id: outgoingMails.id })
  return rows.length
}

/** Takes the mails of a person away, whatever became of them. */
export async function deleteMailsToCustomer(tx: Tx, customerId: number) {
  await tx.delete(outgoingMails).where(eq(outgoingMails.customerId, customerId))
}
