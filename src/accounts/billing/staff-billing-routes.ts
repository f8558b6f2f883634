import { badRequest, conflict, notFound } from '../../platform/errors/errors.ts'
import { wakeJobs } from '../../platform/jobs/wake-jobs.ts'
import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { isAfter } from '../../platform/time/order.ts'
import { dateIn, parseDate } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork, View } from '../../platform/units/work.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { findStudio } from '../../studios/index.ts'
import * as api from './staff-billing-api.ts'
import { findRun, insertRun, listFailures, listRuns, lockRunById, reviveItems, updateRun } from './billing-run-store.ts'

const SHOWN_RUNS = 31
const SHOWN_FAILURES = 1000

/** Binds what staff do with billing runs. */
export function billingStaff(operations: StaffOperations) {
  operations.read(api.listBillingRuns, async ({ db }, { body: { studioId } }) => ({
    runs: (await listRuns(db, studioId, SHOWN_RUNS)).map(
      ({ id, runDate, state, pending, done, failed, completedAt }) => ({
        billingRunId: id,
        date: runDate.toString(),
        state,
        pending,
        done,
        failed,
        ...nonNull({ completedAt: completedAt?.toString() }),
      }),
    ),
  }))
  operations.read(api.listBillingFailures, async ({ db }, { params: { billingRunId } }) => ({
    failures: (await listFailures(db, billingRunId, SHOWN_FAILURES)).map(
      ({ customerId, attempts, error, retryAt }) => ({
        customerId,
        attempts,
        error: error ?? '',
        ...nonNull({ retryAt: retryAt?.toString() }),
      }),
    ),
  }))
  operations.write(api.startBillingRun, async (work, { body: { studioId, date } }) =>
    startRun(work, studioId, await readDay(work, studioId, date)),
  )
  operations.write(api.stopBillingRun, async (work, { params: { billingRunId } }) => stopRun(work, billingRunId))
  operations.write(api.retryBillingRun, async (work, { params: { billingRunId } }) => retryRun(work, billingRunId))
}

async function readDay({ db, now }: View, studioId: number, date: string | undefined): Promise<Temporal.PlainDate> {
  const studio = await findStudio(db, studioId)
  if (!studio) throw notFound('studio', studioId)
  const today = dateIn(now, studio.timeZone)
  const wanted = date === undefined ? today : parseDate(date)
  if (wanted && !isAfter(wanted, today)) return wanted
  throw badRequest('errormessage.validation.mustBePast', {
    args: [{ type: 'STRING', value: 'date' }],
    reference: 'date',
  })
}

/** Begins the run of a day, or lets one that is over gather anew what has become due since. */
async function startRun(work: UnitOfWork, studioId: number, runDate: Temporal.PlainDate) {
  await insertRun(work.tx, studioId, runDate, work.now)
  const known = await findRun(work.tx, studioId, runDate)
  const run = known && (await lockRunById(work.tx, known.id))
  if (!run) throw new Error('A billing run that was begun is not there.')
  return setGoing(work, run.id, { gatheredTo: 0, isGathered: false })
}

async function retryRun(work: UnitOfWork, billingRunId: number) {
  if (!(await lockRunById(work.tx, billingRunId))) throw notFound('billingRun', billingRunId)
  await reviveItems(work.tx, billingRunId, 'ALL')
  return setGoing(work, billingRunId, {})
}

async function setGoing(work: UnitOfWork, billingRunId: number, changes: Parameters<typeof updateRun>[2]) {
  await updateRun(work.tx, billingRunId, { ...changes, state: 'RUNNING', completedAt: null }, work.now)
  await wakeJobs(work.tx)
  work.audit({ action: 'billingRun.started', entityKind: 'billingRun', entityId: billingRunId })
  return { billingRunId, state: 'RUNNING' as const }
}

async function stopRun(work: UnitOfWork, billingRunId: number) {
  const run = await lockRunById(work.tx, billingRunId)
  if (!run) throw notFound('billingRun', billingRunId)
  if (run.state === 'COMPLETED') throw conflict('errormessage.account.billingRunOver')
  await updateRun(work.tx, billingRunId, { state: 'STOPPED' }, work.now)
  work.audit({ action: 'billingRun.stopped', entityKind: 'billingRun', entityId: billingRunId })
  return { billingRunId, state: 'STOPPED' as const }
}
