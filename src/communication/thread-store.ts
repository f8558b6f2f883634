import { and, asc, desc, eq, gt, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { communications, communicationThreads } from './tables.ts'

export type Thread = typeof communicationThreads.$inferSelect
export type Communication = typeof communications.$inferSelect
type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewThread = Omit<typeof communicationThreads.$inferInsert, Fill>

/** The most of one conversation that is shown at once, the latest ones. */
const SHOWN = 500

export async function insertThread(tx: Tx, thread: NewThread, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(communicationThreads)
    .values({ ...thread, createdAt: now, updatedAt: now })
    .returning({ id: communicationThreads.id })
  return returnedId(rows)
}

export async function findThread(db: Queryable, customerId: number, threadId: number): Promise<Thread | undefined> {
  const [row] = await db
    .select()
    .from(communicationThreads)
    .where(and(eq(communicationThreads.id, threadId), eq(communicationThreads.customerId, customerId)))
  return row
}

/** Whose conversation it is. */
export async function findThreadCustomer(db: Queryable, threadId: number): Promise<number | undefined> {
  const [row] = await db
    .select({ customerId: communicationThreads.customerId })
    .from(communicationThreads)
    .where(eq(communicationThreads.id, threadId))
  return row?.customerId
}

/** Another unit that adds to a conversation waits until this one ends. */
export async function lockThread(tx: Tx, customerId: number, threadId: number): Promise<Thread | undefined> {
  const [row] = await tx
    .select()
    .from(communicationThreads)
    .where(and(eq(communicationThreads.id, threadId), eq(communicationThreads.customerId, customerId)))
    .for('update')
  return row
}

export type ThreadChanges = Partial<Pick<NewThread, 'status' | 'subject' | 'ticketNumber' | 'ticketLink' | 'agent'>>

export async function updateThread(tx: Tx, threadId: number, changes: ThreadChanges, now: Temporal.Instant) {
  await tx
    .update(communicationThreads)
    .set({ ...changes, updatedAt: now, version: sql`${communicationThreads.version} + 1` })
    .where(eq(communicationThreads.id, threadId))
}

export async function insertCommunication(
  tx: Tx,
  communication: Omit<typeof communications.$inferInsert, Fill>,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx
    .insert(communications)
    .values({ ...communication, createdAt: now })
    .returning({ id: communications.id })
  return returnedId(rows)
}

/** Conversations of a customer in the order in which they began. */
export function listThreads(
  db: Queryable,
  customerId: number,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Thread[]> {
  return db
    .select()
    .from(communicationThreads)
    .where(and(eq(communicationThreads.customerId, customerId), gt(communicationThreads.id, after)))
    .orderBy(asc(communicationThreads.id))
    .limit(limit)
}

/** What was said in a conversation, in the order in which it was written down; of very long ones the end. */
export async function listCommunications(db: Queryable, threadId: number): Promise<Communication[]> {
  const latest = await db
    .select()
    .from(communications)
    .where(eq(communications.threadId, threadId))
    .orderBy(desc(communications.id))
    .limit(SHOWN)
  return latest.reverse()
}
