import type { Operations } from '../../platform/http/operations.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import { readDay } from '../../platform/time/zoned-time.ts'
import { nonNull } from '../../platform/values/defined.ts'
import * as api from './access-api.ts'
import { getAccessCode } from './access-codes.ts'
import type { AccessLog } from '../reading/access-log.ts'
import { liftOwnRestriction, setOwnRestriction } from './access-restrictions.ts'
import { addOwnMedium, changeOwnMedium, removeOwnMedium } from './own-mediums.ts'

/** What opens doors, and what keeps them closed. */
export function accessRoutes({ read, write }: Operations, { secrets }: ModuleDeps, accessLog: AccessLog) {
  read(api.getCustomerAccessCode, async (view, { params }) => {
    const reading = { secrets, accessLog, operation: api.getCustomerAccessCode.operationId }
    const { content, expiresAt } = await getAccessCode(view, params.customerId, reading)
    return { format: 'QR_CODE' as const, content, ...nonNull({ expiresAt: expiresAt && view.print.utc(expiresAt) }) }
  })
  write(api.addAccessMediums, (work, { params, body }) => addOwnMedium(work, params.customerId, body, secrets))
  write(api.addAccessMedium, (work, { params, body }) => {
    work.setHeader('deprecation', 'true')
    work.setHeader('link', `</v1/customers/${params.customerId}/access-mediums>; rel="successor-version"`)
    return addOwnMedium(work, params.customerId, body, secrets)
  })
  write(api.updateAccessMediums, (work, { params: { customerId, accessMediumId }, body }) =>
    changeOwnMedium(work, { customerId, mediumId: accessMediumId }, body.value, secrets),
  )
  write(api.deleteAccessMediums, (work, { params: { customerId, accessMediumId } }) =>
    removeOwnMedium(work, { customerId, mediumId: accessMediumId }),
  )
  write(api.setAccessRestriction, async (work, { params, body }) => {
    const wish = {
      reason: body.reason,
      startDate: readDay(body.startDate),
      endDate: readDay(body.endDate),
    }
    const { reason, startDate, endDate } = await setOwnRestriction(work, params.customerId, wish)
    return {
      reason,
      ...nonNull({ startDate: startDate?.toString(), endDate: endDate?.toString() }),
    }
  })
  write(api.deleteAccessRestriction, (work, { params }) => liftOwnRestriction(work, params.customerId))
}
