import { notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { isBefore } from '../platform/time/order.ts'
import { dateIn, readDay } from '../platform/time/zoned-time.ts'
import { lockCustomers } from '../customers/index.ts'
import { nonNull } from '../platform/values/defined.ts'
import { findStudio } from '../studios/index.ts'
import { listEntitlements } from './entitlement-store.ts'
import { endGrant, grantEntitlement } from './entitlements.ts'
import * as api from './staff-api.ts'

/** Binds what staff give customers besides their contracts. */
export function entitlementStaff(operations: StaffOperations) {
  operations.write(api.grantEntitlement, async (work, { params: { customerId }, body }) => {
    const { studioId, from, to, quantity = null, crossStudio = false, ...grant } = body
    const [locked] = await lockCustomers(work.tx, [customerId])
    if (locked === undefined) throw notFound('customer', customerId)
    const studio = await findStudio(work.tx, studioId)
    if (!studio) throw notFound('studio', studioId)
    const validFrom = readDay(from) ?? dateIn(work.now, studio.timeZone)
    const validTo = readDay(to) ?? null
    if (validTo && isBefore(validTo, validFrom)) throw refuseFields([violation('to', 'dateOrder')])
    const days = { anchor: validFrom, validFrom, validTo }
    const entitlementId = await grantEntitlement(work, {
      ...grant,
      ...days,
      customerId,
      quantity,
      crossStudio,
      homeStudioId: studioId,
    })
    return { entitlementId }
  })
  operations.read(api.listEntitlements, async ({ db }, { params: { customerId } }) => ({
    entitlements: (await listEntitlements(db, customerId)).map(
      ({ from, to, contractId, quantity, ...entitlement }) => ({
        ...entitlement,
        ...nonNull({ contractId, quantity, to: to && to.toString() }),
        from: from.toString(),
      }),
    ),
  }))
  operations.write(api.endEntitlement, async (work, { params: { entitlementId }, body: { lastDay } }) => {
    await endGrant(work, entitlementId, readDay(lastDay))
    return { entitlementId }
  })
}
