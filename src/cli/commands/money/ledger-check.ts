import { checkLedger, type LedgerFault } from '../../../accounts/index.ts'
import { checkExports } from '../../../bookkeeping-exports/index.ts'
import { checkCharges } from '../../../contracts/index.ts'
import { checkCollection } from '../../../debt-collection/index.ts'
import { checkPayments } from '../../../payments/index.ts'
import type { View } from '../../../platform/units/work.ts'

/** Everything in the books of a tenant, and in all that has to agree with them, that does not hold. */
export async function checkBooks({ db, now }: Pick<View, 'db' | 'now'>): Promise<LedgerFault[]> {
  return [
    ...(await checkLedger(db)),
    ...(await checkPayments(db)),
    ...(await checkCharges(db, now)),
    ...(await checkCollection(db)),
    ...(await checkExports(db)),
  ]
}
