import { releaseCollections } from '../../accounts/index.ts'
import { takeYourTime } from '../../platform/database/database.ts'
import { conflict, notFound } from '../../platform/errors/errors.ts'
import { wakeJobs } from '../../platform/jobs/wake-jobs.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { reviveItems } from './booking-store.ts'
import { isPrepared, recordRun, postponeCollection, refuseState, takeRun } from './exporting.ts'
import { expireRunFile } from './run-files.ts'
import { dropItems, findItem, listLiveItems, updateRun } from './run-store.ts'

/** Items that are released in one statement. */
const RELEASED_TOGETHER = 5000

/**
 * Notes that the bank has the file, or that the cards are to be charged: on the collection date the payments are booked.
 * Refuses (409) a run whose file is not written yet.
 */
export async function submitRun(work: UnitOfWork, runId: number) {
  const run = await takeRun(work, runId, ['EXPORTED'])
  if (!isPrepared(run)) {
    throw conflict('errormessage.paymentRun.fileNotReady', { args: [{ type: 'INTEGER', value: runId }] })
  }
  await updateRun(work.tx, runId, { state: 'SUBMITTED', submittedAt: work.now }, work.now)
  await wakeJobs(work.tx)
  recordRun(work, run, 'submitted', 'SUBMITTED')
}

/** Gives a run up that the bank has not been given: its claims can be paid and collected in other ways again. */
export async function cancelRun(work: UnitOfWork, runId: number) {
  const run = await takeRun(work, runId, ['DRAFT', 'EXPORTED'])
  await takeYourTime(work.tx)
  const items = await listLiveItems(work.tx, runId)
  for (let from = 0; from < items.length; from += RELEASED_TOGETHER) {
    const some = items.slice(from, from + RELEASED_TOGETHER)
    const itemIds = some.map(({ id }) => id)
    if (run.state === 'EXPORTED') {
      await releaseCollections(work, { itemIds, customerIds: some.map(({ customerId }) => customerId) })
    }
    await dropItems(work.tx, itemIds, work.now)
  }
  await expireRunFile(work, run)
  const gone = { state: 'CANCELLED', fileId: null, fileSha256: null, stoppedAt: null } as const
  await updateRun(work.tx, runId, gone, work.now)
  recordRun(work, run, 'cancelled', 'CANCELLED')
}

/**
 * Stops a run after what is in hand: the fixing of its amounts and its file, its bookings, or its charges of cards. What is
 * done stays. Refuses (409) a run of which nothing is under way.
 */
export async function stopRun(work: UnitOfWork, runId: number) {
  const run = await takeRun(work, runId, ['EXPORTED', 'SUBMITTED'])
  if (run.stoppedAt !== null) return
  if (run.state === 'EXPORTED' && isPrepared(run)) throw refuseState(run)
  await updateRun(work.tx, runId, { stoppedAt: work.now }, work.now)
  recordRun(work, run, 'stopped', run.state)
}

/** Lets a run that was stopped go on where it was. Amounts that are fixed stay; where the file is still to be made, it may collect later. */
export async function continueRun(work: UnitOfWork, runId: number) {
  const run = await takeRun(work, runId, ['EXPORTED', 'SUBMITTED'])
  if (run.stoppedAt === null) return
  const collectionDate = run.state === 'EXPORTED' ? await postponeCollection(work, run) : run.collectionDate
  await updateRun(work.tx, runId, { stoppedAt: null, collectionDate }, work.now)
  await wakeJobs(work.tx)
  recordRun(work, run, 'continued', run.state)
}

/** Lets what could not be booked of a submitted run be tried again. */
export async function retryRun(work: UnitOfWork, runId: number) {
  const run = await takeRun(work, runId, ['SUBMITTED'])
  await reviveItems(work.tx, runId)
  await wakeJobs(work.tx)
  recordRun(work, run, 'retried', 'SUBMITTED')
}

/** Takes an item out of a draft: its claims can be collected by another run. */
export async function removeItem(work: UnitOfWork, itemId: number) {
  const known = await findItem(work.tx, itemId)
  if (!known) throw notFound('paymentRunItem', itemId)
  const run = await takeRun(work, known.runId, ['DRAFT'])
  const item = await findItem(work.tx, itemId)
  if (item?.state !== 'PENDING') throw notFound('paymentRunItem', itemId)
  await dropItems(work.tx, [itemId], work.now)
  const diff = { itemId: [itemId, null], customerId: [item.customerId, null] } as const
  const { studioId } = run
  work.audit({ action: 'paymentRun.itemRemoved', entityKind: 'paymentRun', entityId: run.id, studioId, diff })
}
