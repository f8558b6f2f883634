import { inBatches } from '../../platform/jobs/in-batches.ts'
import type { DueJob, Routine } from '../../platform/jobs/job.ts'
import type { RunUnit } from '../../platform/units/work.ts'
import { ProviderSilent } from '../provider.ts'
import { ask, isKeyError } from './stripe-client.ts'
import { type EventSource, takeEvent, takenEvents } from './stripe-events.ts'

import { openAccount } from './stripe-intents.ts'
import { follow } from './stripe-moves.ts'
import {
  deleteOldEvents,
  findAccount,
  findNextCheck,
  findNextFollowing,
  listDueChecks,
  listFollowed,
  planCheck,
  planFollowing,
} from './stripe-store.ts'

/** Longer than Stripe keeps events, and repeats them. */
const REMEMBERED = Temporal.Duration.from({ hours: 24 * 90 })
/** How often Stripe is asked for the events of a studio. */
const EVERY = Temporal.Duration.from({ hours: 1 })
/** Events of one moment may appear late in the list. */
const OVERLAP_SECONDS = 60 * 60
/** The pages of the list, so that one check has an end. */
const MOST_EVENTS = 1000

/** Reads the events that Stripe keeps, for those that were lost on their way here. */
export const checkJob: DueJob = {
  kind: 'DUE',
  name: 'payments.checkStripe',
  isDue: async ({ db, now }) => (await listDueChecks(db, now)).length > 0,
  nextDue: ({ db }) => findNextCheck(db),
  async run(run, now, { log }) {
    for (const { studioId, seenUntil } of await run(({ db }) => listDueChecks(db, now))) {
      const seen = await check(run, studioId, seenUntil).catch((error: unknown) => {
        if (!(error instanceof ProviderSilent)) throw error
        if (isKeyError(error.cause)) log.warn({ studioId }, 'Stripe refuses the keys of a studio; connect it again')
        return seenUntil
      })
      const nextCheckAt = now.add(EVERY)
      await run(({ tx, now: at }) => planCheck(tx, studioId, { nextCheckAt, seenUntil: seen }, at))
    }
  },
}

/** Takes what has happened since, oldest first, and answers until when that is. */
async function check(run: RunUnit, studioId: number, seenUntil: number | null): Promise<number | null> {
  const source = await run(async (work): Promise<EventSource | undefined> => {
    const stored = await findAccount(work.db, studioId)
    return stored && { ...(await openAccount(work, stored)), studioId }
  })
  if (!source) return seenUntil
  const since = seenUntil === null ? {} : { created: { gte: seenUntil - OVERLAP_SECONDS } }
  const list = source.client.events.list({ types: [...takenEvents], limit: 100, ...since })
  const events = await ask(list.autoPagingToArray({ limit: MOST_EVENTS }))
  for (const event of events.toReversed()) await takeEvent(run, source, event)
  return events[0]?.created ?? seenUntil
}

/** How long after silence Stripe is asked again. */
const AGAIN = Temporal.Duration.from({ minutes: 10 })

/** Asks what has become of money of which Stripe has sent events before its payment was booked. */
export const followJob: DueJob = {
  kind: 'DUE',
  name: 'payments.followStripe',
  isDue: async ({ db, now }) => (await listFollowed(db, now.subtract(REMEMBERED), now)).length > 0,
  nextDue: ({ db, now }) => findNextFollowing(db, now.subtract(REMEMBERED)),
  async run(run, now) {
    for (const key of await run(({ db }) => listFollowed(db, now.subtract(REMEMBERED), now))) {
      await follow(run, key).catch(async (error: unknown) => {
        if (!(error instanceof ProviderSilent)) throw error
        await run(({ tx, now: at }) => planFollowing(tx, key, at.add(AGAIN), at))
      })
    }
  },
}

/** Forgets events that nobody sends again. */
export const eventRetention: Routine = {
  kind: 'ROUTINE',
  name: 'payments.forgetEvents',
  every: Temporal.Duration.from({ hours: 6 }),
  run: ({ database }, tenantId, now) =>
    inBatches(database, tenantId, (tx, size) => deleteOldEvents(tx, now.subtract(REMEMBERED), size)),
}
