import { randomUUID } from 'node:crypto'
import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { readDay } from '../../platform/time/zoned-time.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { formatAmount } from '../../platform/values/money.ts'
import { bookCompanyPayment, listOpenOfCompany, reverseCompanyPayment } from './company-payments.ts'
import * as api from './staff-company-api.ts'

/** Binds what staff do with what companies owe. */
export function companyStaff(operations: StaffOperations) {
  operations.read(api.listCompanyClaims, async ({ db }, { params: { companyId } }) => ({
    claims: (await listOpenOfCompany(db, companyId)).map(({ id: claimId, currency, ...claim }) => ({
      claimId,
      customerId: claim.customerId,
      ...nonNull({ contractId: claim.contractId }),
      studioId: claim.studioId,
      dueDate: claim.dueDate.toString(),
      description: claim.description,
      amount: formatAmount({ minor: claim.amount, currency }),
      open: formatAmount({ minor: claim.openAmount, currency }),
      currency,
    })),
  }))
  operations.write(api.payCompanyClaims, async (work, { params: { companyId }, body }) => {
    const { valueDate, ...payment } = body
    const journalKey = `staff:${randomUUID()}`
    return {
      entryId: await bookCompanyPayment(work, { ...payment, companyId, valueDate: readDay(valueDate), journalKey }),
    }
  })
  operations.write(api.reverseCompanyPayment, async (work, { params: { entryId }, body: { description } }) => ({
    entryId: await reverseCompanyPayment(work, entryId, description),
  }))
}
