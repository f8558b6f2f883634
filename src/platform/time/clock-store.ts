import { eq, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../database/database.ts'
import { clockState } from '../tables.ts'
import type { ClockState } from './clock.ts'

const selectState = prepared((db) =>
  db
    .select()
    .from(clockState)
    .where(eq(clockState.tenantId, sql.placeholder('tenantId')))
    .prepare('clock_find_state'),
)

/** The stored clock of a tenant; without a row it follows the machine. */
export async function findClockState(db: Queryable, tenantId: number): Promise<ClockState> {
  const [row] = await selectState(db).execute({ tenantId })
  if (row?.mode === 'FROZEN' && row.frozenAt) return { mode: 'FROZEN', frozenAt: row.frozenAt }
  if (row?.mode === 'OFFSET') return { mode: 'OFFSET', offsetMs: row.offsetMs }
  return { mode: 'SYSTEM' }
}

/** Stores where a tenant's clock stands and notifies the other processes. `at` is real time. */
export async function saveClockState(tx: Tx, tenantId: number, state: ClockState, at: Temporal.Instant) {
  const row = {
    mode: state.mode,
    offsetMs: state.mode === 'OFFSET' ? state.offsetMs : 0,
    frozenAt: state.mode === 'FROZEN' ? state.frozenAt : null,
    updatedAt: at,
  }
  await tx
    .insert(clockState)
    .values({ tenantId, ...row })
    .onConflictDoUpdate({ target: clockState.tenantId, set: row })
  await tx.execute(sql`select pg_notify('palestra_clock', ${String(tenantId)})`)
}
