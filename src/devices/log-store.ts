import { and, desc, eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { deviceAccessLog } from './tables.ts'

type LogRow = typeof deviceAccessLog.$inferInsert
/** One decision; `at` by the clock of the tenant. */
export type LogLine = Readonly<Omit<Required<LogRow>, 'id' | 'tenantId'>>

export async function insertLines(tx: Tx, lines: readonly LogLine[]) {
  await tx.execute(sql`
    insert into ${deviceAccessLog} (device_id, customer_id, action, outcome, reason, dry_run, medium_kind, at)
    select * from jsonb_to_recordset(${JSON.stringify(lines.map(toColumns))}::jsonb) as line(
      device_id bigint, customer_id bigint, action text, outcome text, reason text, dry_run boolean, medium_kind text, at timestamptz)`)
}

function toColumns({ deviceId, customerId, action, outcome, reason, dryRun, mediumKind, at }: LogLine) {
  return {
    device_id: deviceId,
    customer_id: customerId,
    action,
    outcome,
    reason,
    dry_run: dryRun,
    medium_kind: mediumKind,
    at: at.toString(),
  }
}

/** Forgets decisions before `until`, by the tenant's clock; answers how many of at most `limit`. */
export async function deleteLines(tx: Tx, tenantId: number, until: Temporal.Instant, limit: number): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    delete from ${deviceAccessLog} where ctid = any(array(
      select ctid from ${deviceAccessLog}
      where tenant_id = ${tenantId} and at < ${until.toString()}::timestamptz
      limit ${limit} for update skip locked))`)
  return rowCount ?? 0
}

export interface LogQuestion {
  readonly deviceId: number
  readonly limit: number
  readonly outcome?: LogLine['outcome']
}

/** The latest decisions of a device, newest first. */
export function listLines(db: Queryable, { deviceId, limit, outcome }: LogQuestion) {
  const { id, customerId, action, reason, dryRun, mediumKind, at } = deviceAccessLog
  return db
    .select({ id, at, action, outcome: deviceAccessLog.outcome, reason, dryRun, mediumKind, customerId })
    .from(deviceAccessLog)
    .where(
      and(
        eq(deviceAccessLog.deviceId, deviceId),
        outcome === undefined ? undefined : eq(deviceAccessLog.outcome, outcome),
      ),
    )
    .orderBy(desc(deviceAccessLog.id))
    .limit(limit)
}
