import type { DueJob } from '../../platform/jobs/job.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { lockAccountRows } from '../billing/posting-store.ts'
import { findUnsettledRate, listNextCustomers, recordRetaxed, retaxWaiting } from './retax-store.ts'

/** Customers whose claims are taxed anew in one transaction; the figures stand in ADR 0020. */
const RETAXED_TOGETHER = 100

/** Taxes what waits anew by rates that staff have set, some customers at a time. A crash repeats some, which changes nothing. */
export const retaxing: DueJob = {
  kind: 'DUE',
  name: 'accounts.retax',
  isDue: async ({ db }) => (await findUnsettledRate(db)) !== undefined,
  nextDue: async () => undefined,
  async run(run, _now, { goesOn }) {
    while (await run(retaxSome)) if (!goesOn()) return
  },
}

/** The next customers of a rate; false where nothing is left. */
async function retaxSome({ tx, now }: UnitOfWork): Promise<boolean> {
  const rate = await findUnsettledRate(tx)
  if (!rate) return false
  const customerIds = await listNextCustomers(tx, rate, RETAXED_TOGETHER)
  await lockAccountRows(tx, customerIds)
  await retaxWaiting(tx, { taxCodeId: rate.taxCodeId, validFrom: rate.validFrom, customerIds }, now)
  await recordRetaxed(tx, rate, customerIds.at(-1) ?? null)
  return true
}
