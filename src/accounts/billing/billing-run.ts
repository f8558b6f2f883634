import { setTimeout as sleep } from 'node:timers/promises'
import type { JobDay, JobDeps } from '../../platform/jobs/job.ts'
import { isOutage, nameFailure } from '../../platform/jobs/job-failures.ts'
import type { RunUnit } from '../../platform/units/work.ts'
import {
  type BillingRun,
  completeRunRow,
  failItem,
  findRun,
  gatherItems,
  hasPending,
  insertRun,
  lockRunById,
  takeItems,
  updateRun,
} from './billing-run-store.ts'
import { bookCustomers } from './posting.ts'

/** Customers that are given their item in one transaction. */
const GATHERED = 5000
/** Customers for whom one transaction books; the figures stand in ADR 0015. */
const BOOKED_TOGETHER = 200
/** Tries of one customer before it is left to staff. */
const ATTEMPTS = 5
/** To the next try, times the tries that were made. */
const PAUSE_MINUTES = 10
/** While another process books for the last customers. */
const WAIT_MS = 100

type Goes = Pick<JobDeps, 'goesOn'>

/** The run of a day, begun where there is none; undefined when it is over. */
export async function openRun(run: RunUnit, { studio, date }: JobDay): Promise<BillingRun | undefined> {
  return run(async (work) => {
    await insertRun(work.tx, studio.id, date, work.now)
    const found = await findRun(work.tx, studio.id, date)
    return found?.state === 'RUNNING' ? found : undefined
  })
}

/**
 * Books what is due of each customer of a run, until none is left, staff stop it or the process ends. Any number of
 * processes may do so at once, and one that dies leaves nothing half done: what is booked together stands in one
 * transaction, and the rest waits.
 */
export async function workOff(run: RunUnit, billingRun: BillingRun, deps: JobDeps) {
  await gather(run, billingRun.id, deps)
  // A run that fits into one transaction needs one worker.
  if ((await bookSome(run, billingRun, deps)) === BOOKED_TOGETHER) {
    const workers = Array.from({ length: deps.config.billingWorkersPerTenant }, () => bookAll(run, billingRun, deps))
    await Promise.all(workers)
  }
  while (deps.goesOn() && (await run(({ tx, now }) => isUnderWay(tx, billingRun.id, now)))) await sleep(WAIT_MS)
}

type Tx = Parameters<typeof completeRunRow>[0]

/** Whether the last customers are still in the hands of another process; ends the run where they are not. */
async function isUnderWay(tx: Tx, runId: number, now: Temporal.Instant): Promise<boolean> {
  if (await completeRunRow(tx, runId, now)) return false
  return (await lockRunById(tx, runId))?.state === 'RUNNING' && hasPending(tx, runId)
}

async function gather(run: RunUnit, runId: number, { goesOn }: Goes) {
  const step = () =>
    run(async ({ tx, now }) => {
      const billingRun = await lockRunById(tx, runId)
      if (!billingRun || billingRun.state !== 'RUNNING' || billingRun.isGathered) return false
      const last = await gatherItems(tx, billingRun, GATHERED)
      await updateRun(tx, runId, last === undefined ? { isGathered: true } : { gatheredTo: last }, now)
      return last !== undefined
    })
  while (goesOn() && (await step()));
}

async function bookAll(run: RunUnit, billingRun: BillingRun, deps: JobDeps) {
  while (deps.goesOn() && (await bookSome(run, billingRun, deps)) > 0);
}

/** Books for some customers together; where that fails, for each of them alone, so that the one at fault is found. */
async function bookSome(run: RunUnit, billingRun: BillingRun, deps: JobDeps): Promise<number> {
  let taken: readonly number[] = []
  const size = BOOKED_TOGETHER
  try {
    return await bookOnce(run, billingRun, { deps, size, note: (ids) => (taken = ids) })
  } catch (error) {
    if (isOutage(error)) throw error
  }
  for (const only of taken) {
    await bookOnce(run, billingRun, { deps, size: 1, only }).catch((error: unknown) => {
      if (isOutage(error)) throw error
      return recordFailure(run, { runId: billingRun.id, customerId: only, error: nameFailure(error) })
    })
  }
  return taken.length
}

interface Batch {
  readonly deps: JobDeps
  readonly size: number
  readonly only?: number
  readonly note?: (customerIds: readonly number[]) => void
}

async function bookOnce(run: RunUnit, billingRun: BillingRun, { deps, size, only, note }: Batch): Promise<number> {
  const { id, studioId, runDate } = billingRun
  const outcome = await run(async (work) => {
    const customerIds = await takeItems(work.tx, id, { size, only })
    note?.(customerIds)
    if (customerIds.length === 0) return { customers: 0, drifted: 0 }
    const drifted = await bookCustomers(work, { studioId, customerIds, runDate }, id)
    return { customers: customerIds.length, drifted }
  })
  if (outcome.drifted > 0) deps.metrics.billingDrift.inc(outcome.drifted)
  return outcome.customers
}

function recordFailure(run: RunUnit, failure: Parameters<typeof failItem>[1]) {
  return run(async ({ tx, now }) => {
    const retryAt = (attempts: number) => (attempts < ATTEMPTS ? now.add({ minutes: PAUSE_MINUTES * attempts }) : null)
    await failItem(tx, failure, retryAt)
  })
}
