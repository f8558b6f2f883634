import { bookCollection, choosePayment, readMinor } from '../../accounts/index.ts'
import type { JobDeps } from '../../platform/jobs/job.ts'
import { isOutage, nameFailure } from '../../platform/jobs/job-failures.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { findInstrument } from '../instruments/instrument-store.ts'
import { expireInstrumentRow, recordCollection } from '../instruments/instrument-use-store.ts'
import { insertSettled } from '../payment-store.ts'
import { type DueItem, listParts, takeItems } from './booking-store.ts'
import { recordRun } from './exporting.ts'
import { bookedMethod } from './method-group-rules.ts'
import { endClaims, hasItems, lockRun, type PaymentRun, updateItem, updateRun } from './run-store.ts'

/** Items that are booked in one transaction. */
const BOOKED_TOGETHER = 100

/**
 * Books a payment for each item of a submitted run that has none yet, until staff stop it. Any number of processes may do so
 * at once, and one that dies leaves nothing half done. An item that cannot be booked says why and keeps none of the others waiting.
 */
export async function bookRun(run: RunUnit, due: PaymentRun, deps: Pick<JobDeps, 'goesOn'>) {
  for (let after = 0; deps.goesOn(); ) {
    const taken = await bookSome(run, due, after)
    const last = taken.at(-1)
    if (last === undefined) return run((work) => endRun(work, due.id))
    after = last
  }
}

/** Books the next items together; where that fails, each of them alone. Answers their customers. */
async function bookSome(run: RunUnit, due: PaymentRun, after: number): Promise<readonly number[]> {
  let customerIds: readonly number[] = []
  try {
    await run(async (work) => {
      const items = await takeItems(work.tx, { runId: due.id, after, limit: BOOKED_TOGETHER })
      customerIds = items.map(({ customerId }) => customerId)
      for (const item of items) await bookItem(work, due, item)
    })
    return customerIds
  } catch (error) {
    if (isOutage(error)) throw error
  }
  for (const customerId of customerIds) await bookOne(run, due, customerId)
  return customerIds
}

async function bookOne(run: RunUnit, due: PaymentRun, customerId: number) {
  const take = async (work: UnitOfWork) => {
    const [item] = await takeItems(work.tx, { runId: due.id, after: customerId - 1, limit: 1, isInHand: true })
    return item?.customerId === customerId ? item : undefined
  }
  try {
    await run(async (work) => {
      const item = await take(work)
      if (item) await bookItem(work, due, item)
    })
  } catch (error) {
    if (isOutage(error)) throw error
    await run(async (work) => {
      const item = await take(work)
      if (item) await updateItem(work.tx, item.id, { error: nameFailure(error) }, work.now)
    })
  }
}

/** Books the payment of an item that this unit holds. */
export async function bookItem(work: UnitOfWork, run: PaymentRun, item: DueItem) {
  const { id: itemId, customerId, instrumentId, amount, currency, endToEndId, providerKey } = item
  const parts = (await listParts(work.tx, itemId)).map(({ claimId, amount: part }) => ({
    claimId,
    amount: readMinor(part, currency),
  }))
  const paymentId = await bookCollection(work, {
    itemId,
    parts,
    customerId,
    studioId: run.studioId,
    amount: { minor: readMinor(amount, currency), currency },
    method: bookedMethod(run.methodGroup),
    description: `${run.methodGroup} ${endToEndId}`,
    valueDate: run.collectionDate,
    journalKey: `run-item:${itemId}`,
  })
  const collected = { customerId, amount, currency, instrumentId, providerKey, runItemId: itemId }
  await insertSettled(work.tx, { id: paymentId, ...collected }, work.now)
  await updateItem(work.tx, itemId, { state: 'BOOKED', error: null }, work.now)
  await endClaims(work.tx, [itemId])
  await recordCollection(work.tx, instrumentId, run.collectionDate, work.now)
  if ((await findInstrument(work.tx, instrumentId))?.isOneOff) await endOneOff(work, { customerId, instrumentId })
}

/** A mandate for one collection has served; its customer pays in cash until there is another one. */
async function endOneOff(work: UnitOfWork, { customerId, instrumentId }: Pick<DueItem, 'customerId' | 'instrumentId'>) {
  if ((await findInstrument(work.tx, instrumentId))?.isRunDefault) await choosePayment(work, customerId, 'CASH')
  if (!(await expireInstrumentRow(work.tx, instrumentId, work.now))) return
  const diff = { state: ['ACTIVE', 'EXPIRED'] } as const
  work.audit({ action: 'paymentInstrument.expired', entityKind: 'paymentInstrument', entityId: instrumentId, diff })
}

/** A run with nothing left to book is over. */
export async function endRun(work: UnitOfWork, runId: number) {
  const run = await lockRun(work.tx, runId)
  if (run?.state !== 'SUBMITTED' || run.stoppedAt !== null) return
  if (await hasItems(work.tx, runId, 'EXPORTED')) return
  await updateRun(work.tx, runId, { state: 'BOOKED', bookedAt: work.now }, work.now)
  recordRun(work, run, 'booked', 'BOOKED')
}
