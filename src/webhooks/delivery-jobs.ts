import type { DueJob } from '../platform/jobs/job.ts'
import { isAfter } from '../platform/time/order.ts'
import type { RunUnit } from '../platform/units/work.ts'
import { deleteExpired, deleteForgottenEndpoints, findOldestFinished } from './delivery-store.ts'
import { findNextAttempt } from './dispatch-store.ts'
import { cancelDeliveries, hasUnwantedDeliveries } from './endpoint-store.ts'

const KEPT = { hours: 30 * 24 }
const BATCH = 1000

/** Informs the scheduler when attempts fall due, so that an advance of the clock stops there; the worker makes them. */
export const attemptsJob: DueJob = {
  kind: 'DUE',
  name: 'webhook-attempts',
  isDue: ({ db }) => hasUnwantedDeliveries(db),
  nextDue: ({ db }) => findNextAttempt(db),
  run: (run) => run(({ tx, now }) => cancelDeliveries(tx, { ofEndedActivations: true }, now)).then(() => undefined),
}

/** Forgets deliveries thirty days after they were finished, dead letters included. */
export const purgeJob: DueJob = {
  kind: 'DUE',
  name: 'webhook-purge',
  async isDue({ db, now }) {
    const oldest = await findOldestFinished(db)
    return oldest !== undefined && !isAfter(oldest, now.subtract(KEPT))
  },
  async nextDue({ db }) {
    const oldest = await findOldestFinished(db)
    // Once a day is enough, and keeps an advance of the clock from stopping at every single delivery.
    return oldest?.add(KEPT).toZonedDateTimeISO('UTC').round({ smallestUnit: 'day', roundingMode: 'ceil' }).toInstant()
  },
  async run(run, now) {
    let purged = await purge(run, now.subtract(KEPT))
    // Only a purge can leave an endpoint without deliveries, and asking each time would read through all of them.
    const isAnyGone = purged > 0
    while (purged === BATCH) purged = await purge(run, now.subtract(KEPT))
    if (isAnyGone) await run(({ tx }) => deleteForgottenEndpoints(tx))
  },
}

function purge(run: RunUnit, finishedBy: Temporal.Instant): Promise<number> {
  return run(({ tx }) => deleteExpired(tx, finishedBy, BATCH))
}
