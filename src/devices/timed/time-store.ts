import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { deviceUsages, devices } from '../tables.ts'

export interface UsageQuestion {
  readonly deviceId: number
  readonly customerId: number
  readonly seconds: number | null
  readonly after: Temporal.Instant
}

/** Whether a customer has used a device for so long since a moment (exclusive). */
export async function hasUsedSince(db: Queryable, { deviceId, customerId, seconds, after }: UsageQuestion) {
  const sameTime = seconds === null ? isNull(deviceUsages.durationSeconds) : eq(deviceUsages.durationSeconds, seconds)
  const count = await db.$count(
    deviceUsages,
    and(
      eq(deviceUsages.deviceId, deviceId),
      eq(deviceUsages.customerId, customerId),
      sameTime,
      gt(deviceUsages.at, after),
    ),
  )
  return count > 0
}

type NewUsage = Omit<typeof deviceUsages.$inferInsert, 'id' | 'tenantId' | 'createdAt' | 'at'>

export async function insertUsage(tx: Tx, usage: NewUsage, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(deviceUsages)
    .values({ ...usage, at: now, createdAt: now })
    .returning({ id: deviceUsages.id })
  return returnedId(rows)
}

/** The integration that a device belongs to, if any. */
export async function findDeviceIntegration(db: Queryable, deviceId: number): Promise<number | null> {
  const [row] = await db
    .select({ integrationId: sql<number | null>`${devices.integrationId}` })
    .from(devices)
    .where(eq(devices.id, deviceId))
  return row?.integrationId ?? null
}
