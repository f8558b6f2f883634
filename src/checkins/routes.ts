import { notFound } from '../platform/errors.ts'
import type { Operations } from '../platform/http/operations.ts'
import * as api from './api.ts'
import { findUtilization } from './store.ts'

export function checkinRoutes({ read }: Operations) {
  read(api.getUtilization, async ({ db, caller }) => {
    const found = await findUtilization(db, caller.studio.id)
    if (!found) throw notFound('studio', caller.studio.id)
    return { ...(found.capacity === null ? {} : { capacity: found.capacity }), count: found.count }
  })
}
