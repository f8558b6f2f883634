import { refuseFields, violation } from '../../platform/errors/errors.ts'
import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { signByStaff } from './by-staff.ts'
import * as api from './staff-api.ts'

/** Binds how staff sign contracts. */
export function signingStaff(operations: StaffOperations) {
  operations.write(api.signContract, (work, { params: { customerId }, body }) => {
    const { mandate, paysBy, paidBy, signedOnPaper: isSignedOnPaper = false, reason, ...wish } = body
    if (mandate && paysBy) throw refuseFields([violation('paysBy', 'enum')])
    const payment = { kind: 'DESK', mandate, paysBy, paidBy } as const
    return signByStaff(work, { customerId, wish, payment, isSignedOnPaper, reason })
  })
}
