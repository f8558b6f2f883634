import type { DailyJob, DueJob } from '../../platform/jobs/job.ts'
import { listRunning, listRunsToRetry, nextRetry, reviveItems, updateRun } from './billing-run-store.ts'
import { openRun, workOff } from './billing-run.ts'

/** Books what has fallen due by a day. What staff have stopped stays stopped. */
export const billing: DailyJob = {
  kind: 'DAILY',
  name: 'accounts.billing',
  at: Temporal.PlainTime.from('02:30'),
  async steps(run, day, deps) {
    const billingRun = await openRun(run, day)
    if (billingRun) await workOff(run, billingRun, deps)
  },
  async run() {},
}

/** Tries again what could not be booked, and works off the runs that staff have begun or let go on. */
export const repeatedBilling: DueJob = {
  kind: 'DUE',
  name: 'accounts.repeatedBilling',
  async isDue({ db, now }) {
    const [toRetry, running] = await Promise.all([listRunsToRetry(db, now), listRunning(db)])
    return toRetry.length > 0 || running.length > 0
  },
  nextDue: ({ db }) => nextRetry(db),
  async run(run, now, deps) {
    const underWay = await run(async ({ tx }) => {
      for (const runId of await listRunsToRetry(tx, now)) {
        await reviveItems(tx, runId, now)
        await updateRun(tx, runId, { state: 'RUNNING', completedAt: null }, now)
      }
      return listRunning(tx)
    })
    for (const billingRun of underWay) await workOff(run, billingRun, deps)
  },
}
