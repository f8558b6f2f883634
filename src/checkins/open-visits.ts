import { forEachTenant } from '../platform/process/chore.ts'
import type { Platform } from '../platform/platform.ts'
import { listOpenVisits } from './store.ts'

/** `palestra_open_visits{studio}`: who is in, looked up whenever metrics are read. */
export function observeOpenVisits(platform: Platform) {
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
