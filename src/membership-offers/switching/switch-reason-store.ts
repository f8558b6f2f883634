import { and, eq } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { cancelationReasons } from '../tables.ts'

/** The reason of the system that a studio has for contracts that end by a switch; undefined where it has none. */
export async function findSwitchReason(
  db: Queryable,
  studioId: number,
): Promise<{ readonly id: number; readonly name: string } | undefined> {
  const { id, name, systemKind } = cancelationReasons
  const [row] = await db
    .select({ id, name })
    .from(cancelationReasons)
    .where(and(eq(cancelationReasons.studioId, studioId), eq(systemKind, 'SWITCH')))
  return row
}
