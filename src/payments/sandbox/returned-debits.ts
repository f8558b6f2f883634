import type { DailyJob } from '../../platform/jobs/job.ts'
import { isAfter } from '../../platform/time/order.ts'
import { accountLabel } from '../instruments/bank-accounts.ts'
import { readBankCode } from '../returning/return-rules.ts'
import { returnPayment } from '../returning/returns.ts'
import { onBankingDay } from '../runs/collection-date-rules.ts'
import { returningAccounts } from './sandbox-rules.ts'
import { listDebits } from './sandbox-store.ts'

/**
 * In the demo the bank of some accounts returns what payment runs have collected, on the banking day behind the collection. A
 * real house learns of returns from the files of its bank.
 */
export const returnedDebitJob: DailyJob = {
  kind: 'DAILY',
  name: 'payments.returnSandboxDebits',
  at: Temporal.PlainTime.from('02:45'),
  async steps(run, { studio, date }, { config, secrets, database, tenantId }) {
    if (!config.demo) return
    for (const [iban, code] of returningAccounts) {
      const hashes = secrets.hashes('blind-index', accountLabel(iban))
      const debits = await database.read(tenantId, (db) => listDebits(db, { studioId: studio.id, hashes }))
      for (const { paymentId, collectionDate } of debits) {
        if (isAfter(onBankingDay(collectionDate.add({ days: 1 })), date)) continue
        await run((work) => returnPayment(work, { paymentId, kind: 'RETURN', ...readBankCode(code) }))
      }
    }
  },
  async run() {},
}
