import { ApiError } from '../../platform/errors/errors.ts'
import type { DailyJob } from '../../platform/jobs/job.ts'
import { tryAll } from '../../platform/jobs/try-all.ts'
import type { RunUnit } from '../../platform/units/work.ts'
import { handOver } from './runs.ts'
import { listRejected } from './selection-store.ts'

/**
 * Hands customers over whose money was returned for a reason that the studio has agreed with its agency. It runs after the
 * payment runs of the night, so that what these collect stays.
 */
export const automaticHandover: DailyJob = {
  kind: 'DAILY',
  name: 'debt-collection.handOverRejected',
  at: Temporal.PlainTime.from('02:45'),
  async steps(run, { studio }, { read }) {
    const customerIds = await read((db) => listRejected(db, studio.id))
    const step = (customerId: number) => handOverRejected(run, { studioId: studio.id, customerId })
    await tryAll(customerIds, step, 'Some customers could not be handed over.')
  },
  async run() {},
}

/** Who may not be handed over, because of a block for instance, is looked at again on the next night. */
async function handOverRejected(run: RunUnit, debtor: { readonly studioId: number; readonly customerId: number }) {
  try {
    await run((work) => handOver(work, { ...debtor, origin: 'AUTOMATIC_HANDOVER' }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 400) throw error
  }
}
