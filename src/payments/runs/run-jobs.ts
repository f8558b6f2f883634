import { describe } from '../../platform/http/answers.ts'
import type { DailyJob, DueJob, JobDeps } from '../../platform/jobs/job.ts'
import { isOutage } from '../../platform/jobs/job-failures.ts'
import { isAfter } from '../../platform/time/order.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { RunUnit } from '../../platform/units/work.ts'
import { provider } from '../providers.ts'
import { bookRun } from './booking.ts'
import { reviveItems } from './booking-store.ts'
import { chargeRun } from './charging.ts'
import { isRunDay } from './collection-date-rules.ts'
import { draftRun } from './drafting.ts'
import { isPrepared, prepareRun } from './exporting.ts'
import { isBankGroup } from './method-group-rules.ts'
import { findRunSettings } from './run-settings-store.ts'
import { listOpenRuns, type PaymentRun } from './run-store.ts'

/** In the night after billing: the hour is that of the billing run, which stands before these jobs in the register. */
const at = Temporal.PlainTime.from('02:30')

async function collect(run: RunUnit, due: PaymentRun, deps: JobDeps) {
  if (isBankGroup(due.methodGroup)) return bookRun(run, due, deps)
  await chargeRun(run, due, { goesOn: deps.goesOn, provider })
}

const isDue = ({ state, collectionDate }: PaymentRun, today: Temporal.PlainDate) =>
  state === 'SUBMITTED' && !isAfter(collectionDate, today)

const lacksFile = (run: PaymentRun) => run.state === 'EXPORTED' && !isPrepared(run)

/** Takes the step for each; one that fails is logged and keeps neither the others nor the jobs behind it waiting. */
async function eachAlone<T>(
  all: readonly T[],
  step: (one: T) => Promise<void>,
  { log, metrics }: JobDeps,
  job: string,
) {
  for (const one of all) {
    await step(one).catch((error: unknown) => {
      if (isOutage(error)) throw error
      metrics.jobRuns.inc({ job, result: 'failed' })
      log.error({ job, ...describe(error) }, 'a payment run failed')
    })
  }
}

/** Books what submitted runs collect on their day, and tries again what could not be booked. */
export const runBooking: DailyJob = {
  kind: 'DAILY',
  name: 'payments.bookRuns',
  at,
  async steps(run, { studio, date }, deps) {
    const open = await deps.read((db) => listOpenRuns(db, studio.id))
    const due = open.map((each) => each.run).filter((each) => isDue(each, date))
    const step = async (each: PaymentRun) => {
      await run(({ tx }) => reviveItems(tx, each.id))
      await collect(run, each, deps)
    }
    await eachAlone(due, step, deps, 'payments.bookRuns')
  },
  async run() {},
}

/** Drafts runs on the days of the month that the studio has chosen, one for each of its methods. */
export const runDrafting: DailyJob = {
  kind: 'DAILY',
  name: 'payments.draftRuns',
  at,
  async steps(run, { studio, date: targetDate }, deps) {
    const settings = await deps.read((db) => findRunSettings(db, studio.id))
    if (!settings || !isRunDay(settings.runDays, targetDate)) return
    const wish = { studioId: studio.id, targetDate, madeOn: targetDate }
    const step = (methodGroup: (typeof settings.methodGroups)[number]) =>
      run(async (work) => void (await draftRun(work, { ...wish, methodGroup }, 'CALENDAR')))
    await eachAlone(settings.methodGroups, step, deps, 'payments.draftRuns')
  },
  async run() {},
}

/** Writes the files of exported runs, and books runs that were submitted on their day or later. */
export const openRuns: DueJob = {
  kind: 'DUE',
  name: 'payments.openRuns',
  isDue: async ({ db, now }) =>
    (await listOpenRuns(db)).some(({ run, zone }) => lacksFile(run) || isDue(run, dateIn(now, zone))),
  nextDue: async () => undefined,
  async run(run, now, deps) {
    const open = await deps.read((db) => listOpenRuns(db))
    const step = async ({ run: each, zone }: (typeof open)[number]) => {
      if (lacksFile(each)) await prepareRun(run, each, deps)
      if (isDue(each, dateIn(now, zone))) await collect(run, each, deps)
    }
    await eachAlone(open, step, deps, 'payments.openRuns')
  },
}
