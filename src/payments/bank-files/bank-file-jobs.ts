import type { DueJob } from '../../platform/jobs/job.ts'
import { bookReturns } from './booking.ts'
import { hasEarly, reviveEarly } from './entry-store.ts'
import { listBooking, reopenImports } from './import-store.ts'

/** Goes on with imports whose process has died, and books returns that came before their payment was booked. */
export const bankFileJob: DueJob = {
  kind: 'DUE',
  name: 'payments.bankFiles',
  async isDue({ db }) {
    const [areEarly, booking] = await Promise.all([hasEarly(db), listBooking(db)])
    return areEarly || booking.length > 0
  },
  nextDue: async () => undefined,
  async run(run, now, { goesOn }) {
    const open = await run(async ({ tx }) => {
      const importIds = await reviveEarly(tx, now)
      if (importIds.length > 0) await reopenImports(tx, importIds, now)
      return listBooking(tx)
    })
    for (const importId of open) await bookReturns(run, importId, goesOn)
  },
}
