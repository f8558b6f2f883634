import { forEachTenant } from '../platform/process/chore.ts'
import type { Database } from '../platform/database/database.ts'
import type { Metrics } from '../platform/process/metrics.ts'
import type { Clock } from '../platform/time/tenant-clock.ts'
import { listOpenVisits } from './store.ts'

interface OpenVisitsDeps {
  readonly database: Database
  readonly clock: Clock
  readonly metrics: Metrics
}

/** `palestra_open_visits{studio}`: who is in, looked up whenever metrics are read. */
export function observeOpenVisits(platform: OpenVisitsDeps) {
  platform.metrics.observeEach('palestra_open_visits', 'Visits that have not ended', 'studio', async () => {
    const visits = new Map<string, number>()
    await forEachTenant(platform, async (tenantId) => {
      const open = await platform.database.read(tenantId, listOpenVisits)
      for (const { studioId, count } of open) visits.set(String(studioId), count)
      return open.length
    })
    return visits
  })
}
