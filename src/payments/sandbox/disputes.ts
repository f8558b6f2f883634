import type { DueJob } from '../../platform/jobs/job.ts'
import { findPaymentByKey } from '../payment-store.ts'
import { readReason } from '../returning/return-rules.ts'
import { returnPayment } from '../returning/returns.ts'
import { DISPUTE_AFTER } from './sandbox-rules.ts'
import { findFirstDisputable, listDisputable, updateCharge } from './sandbox-store.ts'

const BATCH = 100

/** The holders of some cards contest what was taken, a day later: the card scheme takes it back. */
export const disputeJob: DueJob = {
  kind: 'DUE',
  name: 'payments.disputeSandbox',
  isDue: async ({ db, now }) => (await listDisputable(db, now.subtract(DISPUTE_AFTER), 1)).length > 0,
  nextDue: async ({ db }) => (await findFirstDisputable(db))?.add(DISPUTE_AFTER),
  async run(run, now, { read }) {
    const due = await read((db) => listDisputable(db, now.subtract(DISPUTE_AFTER), BATCH))
    for (const { id, key } of due) {
      await run(async (work) => {
        await updateCharge(work.tx, id, { state: 'DISPUTED' }, work.now)
        const payment = await findPaymentByKey(work.tx, key)
        if (payment?.state !== 'SETTLED') return
        await returnPayment(work, { paymentId: payment.id, kind: 'CHARGEBACK', ...readReason('CHARGED_BACK') })
      })
    }
  },
}
