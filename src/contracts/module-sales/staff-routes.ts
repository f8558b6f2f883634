import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { sellModuleByStaff } from './module-purchase.ts'
import * as api from './staff-api.ts'

/** Binds how staff sell modules. */
export function moduleSaleStaff(operations: StaffOperations) {
  operations.write(api.sellModule, async (work, { params: { contractId }, body }) => {
    const { moduleId: additionalModuleId, paymentFrequencyId, withTrial: bookTrialPeriod = false } = body
    const wish = { additionalModuleId, paymentFrequencyId, bookTrialPeriod }
    return { moduleContractId: await sellModuleByStaff(work, { contractId, wish }) }
  })
}
