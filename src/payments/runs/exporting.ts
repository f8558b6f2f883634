import { lockAccountRows, markInFlight } from '../../accounts/index.ts'
import { badRequest, conflict, notFound } from '../../platform/errors/errors.ts'
import type { JobDeps } from '../../platform/jobs/job.ts'
import { wakeJobs } from '../../platform/jobs/wake-jobs.ts'
import { laterDate } from '../../platform/time/order.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { findStudio } from '../../studios/index.ts'
import { planCollection } from './drafting.ts'
import { fixItems, listUnfixed } from './fixing-store.ts'
import { isBankGroup } from './method-group-rules.ts'
import { findCreditor } from './run-file-store.ts'
import { writeRunFile } from './run-files.ts'
import { hasItems, lockRun, type PaymentRun, type RunState, updateRun } from './run-store.ts'

/** Customers whose items are fixed in one transaction; the figures stand in ADR 0020. */
const FIXED_TOGETHER = 2000

/** A run that is locked, in one of these states; unknown ones are not found (404), others are refused (409). */
export async function takeRun(work: UnitOfWork, runId: number, states: readonly RunState[]): Promise<PaymentRun> {
  const run = await lockRun(work.tx, runId)
  if (!run) throw notFound('paymentRun', runId)
  if (states.includes(run.state)) return run
  throw refuseState(run)
}

/** What is wanted is not possible in the state of a run (409). */
export const refuseState = ({ state }: PaymentRun) =>
  conflict('errormessage.paymentRun.stateInvalid', { args: [{ type: 'ENUM', value: state }] })

/**
 * Exports a draft: its amounts are fixed from now on, and a job writes the file for the bank. A run that is exported late
 * collects later. Refuses (400) while the bank would not know who collects.
 */
export async function exportRun(work: UnitOfWork, runId: number) {
  const run = await takeRun(work, runId, ['DRAFT'])
  if (run.methodGroup === 'SEPA' && !(await findCreditor(work.tx, run.studioId))) {
    throw badRequest('errormessage.paymentRun.creditorIncomplete')
  }
  const collectionDate = await postponeCollection(work, run)
  await updateRun(work.tx, runId, { state: 'EXPORTED', exportedAt: work.now, collectionDate }, work.now)
  await wakeJobs(work.tx)
  recordRun(work, run, 'exported', 'EXPORTED')
}

/** When a run collects whose file is only made now. */
export async function postponeCollection(
  work: UnitOfWork,
  { studioId, methodGroup, targetDate, collectionDate }: PaymentRun,
): Promise<Temporal.PlainDate> {
  const studio = await findStudio(work.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  const madeOn = dateIn(work.now, studio.timeZone)
  const planned = await planCollection({ db: work.tx, studio, methodGroup, targetDate, madeOn })
  return laterDate(planned, collectionDate)
}

/** Notes what has become of a run. */
export function recordRun(work: UnitOfWork, { id, studioId, state }: PaymentRun, what: string, next: RunState) {
  const diff = { state: [state, next] } as const
  work.audit({ action: `paymentRun.${what}`, entityKind: 'paymentRun', entityId: id, studioId, diff })
}

/** Whether the amounts of a run are fixed, and its file is written where it has one. */
export const isPrepared = ({ isFixed, methodGroup, fileId }: PaymentRun) =>
  isFixed && (fileId !== null || !isBankGroup(methodGroup))

/** Fixes what an exported run collects and writes its file, as far as that is not done yet and until staff stop it. */
export async function prepareRun(run: RunUnit, { id, methodGroup }: PaymentRun, deps: JobDeps) {
  while (await run((work) => fixSome(work, id))) if (!deps.goesOn()) return
  if (isBankGroup(methodGroup)) await writeRunFile(run, id, deps)
}

/** Fixes the items of the next customers; says whether there may be more of them. */
async function fixSome(work: UnitOfWork, runId: number): Promise<boolean> {
  const { tx, now } = work
  const run = await lockRun(tx, runId)
  if (run?.state !== 'EXPORTED' || run.isFixed || run.stoppedAt !== null) return false
  const items = await listUnfixed(tx, runId, run.fixedTo, FIXED_TOGETHER)
  const last = items.at(-1)?.customerId
  if (last === undefined) {
    await endFixing(work, run)
    return false
  }
  await lockAccountRows(
    tx,
    items.map(({ customerId }) => customerId),
  )
  const itemIds = items.map(({ id }) => id)
  const collected = await fixItems(tx, { methodGroup: run.methodGroup, itemIds }, now)
  await markInFlight(tx, collected, now)
  await updateRun(tx, runId, { fixedTo: last }, now)
  return true
}

/** A run of which everything was settled otherwise collects nothing and is over. */
async function endFixing(work: UnitOfWork, run: PaymentRun) {
  await updateRun(work.tx, run.id, { isFixed: true }, work.now)
  if (await hasItems(work.tx, run.id, 'EXPORTED')) return recordRun(work, run, 'fixed', 'EXPORTED')
  await updateRun(work.tx, run.id, { state: 'CANCELLED' }, work.now)
  recordRun(work, run, 'cancelled', 'CANCELLED')
}
