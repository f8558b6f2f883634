import type { Database } from '../platform/database/database.ts'
import { listAllTenantIds } from '../platform/jobs/schedule-store.ts'
import type { Metrics } from '../platform/process/metrics.ts'
import { listOpenVisits } from './store.ts'

interface OpenVisitsDeps {
  readonly database: Database
  readonly metrics: Metrics
}

/** `palestra_open_visits{studio}`: who is in, looked up whenever metrics are read. */
export function observeOpenVisits({ database, metrics }: OpenVisitsDeps) {
  metrics.observeEach('palestra_open_visits', 'Visits that have not ended', 'studio', async () => {
    const visits = new Map<string, number>()
    for (const tenantId of await database.read('none', listAllTenantIds)) {
      const open = await database.read(tenantId, listOpenVisits)
      for (const { studioId, count } of open) visits.set(String(studioId), count)
    }
    return visits
  })
}
