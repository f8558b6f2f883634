import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { inspectContract, listForStaff } from './inspections.ts'
import * as api from './staff-api.ts'

/** Binds what staff read of contracts. */
export function inspectionStaff(operations: StaffOperations) {
  operations.read(api.listContracts, (view, { body: { customerId } }) => listForStaff(view, customerId))
  operations.read(api.showContract, (view, { params: { contractId } }) => inspectContract(view, contractId))
}
