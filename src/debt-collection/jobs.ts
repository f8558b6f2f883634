import type { DueJob, Job } from '../platform/jobs/job.ts'
import { tryAll } from '../platform/jobs/try-all.ts'
import { findBansToLift } from './blocks/ban-store.ts'
import { lockCustomers } from '../customers/index.ts'
import { liftBan } from './bans.ts'
import { automaticHandover } from './runs/automatic-handovers.ts'
import { prepareRun } from './runs/preparation.ts'
import { remindAgency } from './runs/reminders.ts'
import { findFirstAnnounced, listUnanswered, listUnprepared } from './runs/run-store.ts'

const HOURS_TO_ANSWER = 24
const MOST_REMINDERS = 3

/** Goes on with handovers where a crash has cut their preparation short. */
const preparation: DueJob = {
  kind: 'DUE',
  name: 'debt-collection.prepareRuns',
  isDue: async ({ db }) => (await listUnprepared(db)).length > 0,
  nextDue: () => Promise.resolve(undefined),
  async run(run, _now, { read }) {
    const runIds = await read(listUnprepared)
    await tryAll(runIds, (id) => run((work) => prepareRun(work, id)), 'Some handovers could not be prepared.')
  },
}

const announcedBy = (now: Temporal.Instant) => now.subtract({ hours: HOURS_TO_ANSWER })

/** Reminds agencies once a day of handovers that they have not confirmed, three times. */
const reminders: DueJob = {
  kind: 'DUE',
  name: 'debt-collection.remindAgencies',
  isDue: async ({ db, now }) => (await listUnanswered(db, announcedBy(now), MOST_REMINDERS)).length > 0,
  async nextDue({ db }) {
    return (await findFirstAnnounced(db, MOST_REMINDERS))?.add({ hours: HOURS_TO_ANSWER })
  },
  async run(run, now, { read }) {
    const before = announcedBy(now)
    const runIds = await read((db) => listUnanswered(db, before, MOST_REMINDERS))
    await tryAll(runIds, (id) => run((work) => remindAgency(work, id, before)), 'Some agencies could not be reminded.')
  },
}

/** Lets customers in again whose hold has ended because nothing was open any more. */
const bans: DueJob = {
  kind: 'DUE',
  name: 'debt-collection.liftBans',
  isDue: async ({ db }) => (await findBansToLift(db)).length > 0,
  nextDue: () => Promise.resolve(undefined),
  async run(run, _now, { read }) {
    const customerIds = await read((db) => findBansToLift(db))
    const lift = (customerId: number) =>
      run(async (work) => {
        await lockCustomers(work.tx, [customerId])
        if ((await findBansToLift(work.tx, customerId)).length > 0) await liftBan(work, customerId)
      })
    await tryAll(customerIds, lift, 'Some customers could not be let in again.')
  },
}

/** What runs by itself for debt collection. */
export const debtCollectionJobs: readonly Job[] = [preparation, automaticHandover, reminders, bans]
