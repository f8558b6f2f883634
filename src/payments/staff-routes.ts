import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { bankFileStaff } from './bank-files/staff-bank-file-routes.ts'
import { endInstrument } from './returning/returns.ts'
import { returnStaff } from './returning/staff-return-routes.ts'
import { runStaff } from './runs/staff-run-routes.ts'
import { configurePayments } from './settings.ts'
import * as api from './staff-api.ts'

/** Binds what staff do with payments and payment runs. */
export function paymentStaff(operations: StaffOperations) {
  runStaff(operations)
  operations.write(api.configurePayments, async (work, { params: { studioId }, body }) => {
    await configurePayments(work, studioId, body)
    return { studioId }
  })
  operations.write(api.endInstrument, async (work, { params: { instrumentId } }) => {
    await endInstrument(work, instrumentId)
    return { instrumentId }
  })
  returnStaff(operations)
  bankFileStaff(operations)
}
