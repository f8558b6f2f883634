import type { Routine } from '../../src/platform/jobs/job.ts'
import { listAllTenantIds } from '../../src/platform/jobs/schedule-store.ts'
import type { Platform } from '../../src/platform/platform.ts'

/** Does one round for each tenant, without waiting until it is due; returns how many things were removed in all. */
export async function runRoutine(platform: Platform, routine: Routine): Promise<number> {
  const { database, clock } = platform
  let removed = 0
  for (const tenantId of await database.read('none', listAllTenantIds)) {
    removed += await routine.run(platform, tenantId, await clock.now(tenantId))
  }
  return removed
}
