import type { DailyJob, DueJob, JobDeps } from '../../platform/jobs/job.ts'
import { tryAll } from '../../platform/jobs/try-all.ts'
import { isAfter } from '../../platform/time/order.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { RunUnit } from '../../platform/units/work.ts'
import { sandbox } from '../sandbox/sandbox-provider.ts'
import { bookRun } from './booking.ts'
import { reviveItems } from './booking-store.ts'
import { chargeRun } from './charging.ts'
import { draftRun } from './drafting.ts'
import { prepareRun } from './exporting.ts'
import { isBankGroup } from './method-group-rules.ts'
import { findRunSettings } from './run-settings-store.ts'
import { isRunDay } from './run-settings.ts'
import { listOpenRuns, type PaymentRun } from './run-store.ts'

/** In the night after billing: the hour is that of the billing run, which stands before these jobs in the register. */
const at = Temporal.PlainTime.from('02:30')

async function collect(run: RunUnit, due: PaymentRun, deps: JobDeps) {
  if (isBankGroup(due.methodGroup)) return bookRun(run, due, deps)
  await chargeRun(run, due, { goesOn: deps.goesOn, provider: sandbox })
}

const isDue = ({ state, collectionDate }: PaymentRun, today: Temporal.PlainDate) =>
  state === 'SUBMITTED' && !isAfter(collectionDate, today)

/** Books what submitted runs collect on their day, and tries again what could not be booked. */
export const runBooking: DailyJob = {
  kind: 'DAILY',
  name: 'payments.bookRuns',
  at,
  async steps(run, { studio, date }, deps) {
    const open = await deps.database.read(deps.tenantId, (db) => listOpenRuns(db, studio.id))
    const due = open.map((each) => each.run).filter((each) => isDue(each, date))
    const step = async (each: PaymentRun) => {
      await run(({ tx }) => reviveItems(tx, each.id))
      await collect(run, each, deps)
    }
    await tryAll(due, step, 'payment runs could not be booked')
  },
  async run() {},
}

/** Drafts runs on the days of the month that the studio has chosen, one for each of its methods. */
export const runDrafting: DailyJob = {
  kind: 'DAILY',
  name: 'payments.draftRuns',
  at,
  async steps(run, { studio, date: targetDate }, { database, tenantId }) {
    const settings = await database.read(tenantId, (db) => findRunSettings(db, studio.id))
    if (!settings || !isRunDay(settings, targetDate)) return
    const wish = { studioId: studio.id, targetDate, madeOn: targetDate }
    await tryAll(
      settings.methodGroups,
      (methodGroup) => run(async (work) => void (await draftRun(work, { ...wish, methodGroup }, 'CALENDAR'))),
      'payment runs could not be drafted',
    )
  },
  async run() {},
}

/** Writes the files of exported runs, and books runs that were submitted on their day or later. */
export const openRuns: DueJob = {
  kind: 'DUE',
  name: 'payments.openRuns',
  nextDue: async () => undefined,
  async run(run, now, deps) {
    const open = await deps.database.read(deps.tenantId, (db) => listOpenRuns(db))
    const step = async ({ run: each, zone }: (typeof open)[number]) => {
      if (each.state === 'EXPORTED') return prepareRun(run, each, deps)
      if (isDue(each, dateIn(now, zone))) await collect(run, each, deps)
    }
    await tryAll(open, step, 'payment runs failed')
  },
}
