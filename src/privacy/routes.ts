import { notFound } from '../platform/errors/errors.ts'
import { fileLink } from '../platform/files/links.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { storeDataExport } from './data-export.ts'
import * as api from './api.ts'
import { requestErasure } from './privacy-requests.ts'
import { localSight, lockVisibleCustomer } from '../customers/index.ts'

const LINK_MINUTES = 15

export function privacyRoutes({ run, write }: Operations, deps: ModuleDeps) {
  run(api.getCustomerDataExport, async ({ caller, print }, { params: { customerId } }) => {
    const { fileId, storedAt } = await storeDataExport(deps, caller, customerId, async (work) => {
      const seen = await lockVisibleCustomer(work.tx, localSight({ caller }), customerId)
      if (!seen) throw notFound('customer', customerId)
    })
    const file = { tenantSlug: caller.tenant.slug, fileId, disposition: 'attachment' } as const
    const expiresAt = storedAt.add({ minutes: LINK_MINUTES })
    return { url: fileLink(deps, file, storedAt), expiresAt: print.dateTime(expiresAt, caller.studio.zone) }
  })
  write(api.requestCustomerErasure, async (work, { params: { customerId } }) => {
    const { requestId, requestedAt } = await requestErasure(work, customerId)
    return {
      id: requestId,
      customerId,
      // Only the wish that waits is ever answered.
      state: 'OPEN' as const,
      requestedAt: work.print.dateTime(requestedAt, work.caller.studio.zone),
    }
  })
}
