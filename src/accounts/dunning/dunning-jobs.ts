import type { DailyJob } from '../../platform/jobs/job.ts'
import { describe } from '../../platform/http/answers.ts'
import { dunCustomer, openLevels } from './dunning.ts'
import { listCandidates } from './dunning-store.ts'

const PAGE = 500

/**
 * Takes a step of the reminders for each customer who is late, in a unit of its own. Who fails is logged and has a step
 * on the next day. Later than billing, booking and drafting of payment runs: what these collect is not reminded of.
 */
export const dunning: DailyJob = {
  kind: 'DAILY',
  name: 'accounts.dunning',
  at: Temporal.PlainTime.from('02:45'),
  async steps(run, { studio, date: today }, { goesOn, log, metrics }) {
    await run((work) => openLevels(work, studio.id))
    for (let after = 0; ; ) {
      const page = { studioId: studio.id, today, after, limit: PAGE }
      const customerIds = await run(({ tx }) => listCandidates(tx, page))
      for (const customerId of customerIds) {
        if (!goesOn()) return
        await run((work) => dunCustomer(work, customerId)).catch((error: unknown) => {
          metrics.jobRuns.inc({ job: 'accounts.dunning', result: 'failed' })
          log.error({ job: 'accounts.dunning', customer: customerId, ...describe(error) }, 'a reminder failed')
        })
      }
      const last = customerIds.at(-1)
      if (last === undefined) return
      after = last
    }
  },
  async run() {},
}
