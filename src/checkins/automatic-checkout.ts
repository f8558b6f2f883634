import { listBlocks } from '../customers/index.ts'
import type { DueJob } from '../platform/jobs/job.ts'
import { isAfter } from '../platform/time/order.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { printer } from '../platform/time/zoned-time.ts'
import { defined } from '../platform/values/defined.ts'
import { planCheckout } from './checkout-rules.ts'
import {
  type CheckoutStudio,
  endVisits,
  listCheckoutStudios,
  lockOldestVisits,
  type OpenVisitRow,
} from './checkout-store.ts'
import { checkinHooks } from './hooks.ts'
import { customersCheckedOut } from './events.ts'

/** Visits in one event, and rows in one statement. */
const CHUNK = 500

type DueVisit = OpenVisitRow & { readonly checkedOutAt: Temporal.Instant }

/**
 * Ends visits by the rules of their studios, each with the moment at which it was due: a late run stores the same times.
 * One event per run, studio and 500 visits lists all of them; a customer who is hidden from a partner has an event alone,
 * which that partner does not get.
 */
export const automaticCheckout: DueJob = {
  kind: 'DUE',
  name: 'checkins.automaticCheckout',
  isDue: async ({ db, now }) =>
    (await listCheckoutStudios(db)).some((studio) => isPast(planCheckout(studio, studio.oldestAt), now)),
  async nextDue({ db, now }) {
    const dues = (await listCheckoutStudios(db)).map((studio) => planCheckout(studio, studio.oldestAt))
    return dues
      .filter((due) => due !== undefined && isAfter(due, now))
      .toSorted((a, b) => (a && b ? Temporal.Instant.compare(a, b) : 0))[0]
  },
  async run(run, now, { read }) {
    const studios = await read(listCheckoutStudios)
    for (const studio of studios) {
      if (isPast(planCheckout(studio, studio.oldestAt), now)) await run((work) => endDueVisits(work, studio))
    }
  },
}

const isPast = (due: Temporal.Instant | undefined, now: Temporal.Instant): due is Temporal.Instant =>
  due !== undefined && !isAfter(due, now)

async function endDueVisits(work: UnitOfWork, studio: CheckoutStudio) {
  const due = (await lockDueVisits(work, studio)).toSorted(
    (a, b) => Temporal.Instant.compare(a.checkedOutAt, b.checkedOutAt) || a.visitId - b.visitId,
  )
  for (let from = 0; from < due.length; from += CHUNK)
    await endChunk(work, studio.studioId, due.slice(from, from + CHUNK))
  const passIds = due.flatMap(({ passId }) => passId ?? [])
  if (passIds.length > 0) await checkinHooks().onPassVisitEnded(work, passIds)
}

/** Who came later is never due earlier, so the search ends with the first visit that is not due. */
async function lockDueVisits({ tx, now }: UnitOfWork, studio: CheckoutStudio): Promise<DueVisit[]> {
  const due: DueVisit[] = []
  for (;;) {
    const visits = await lockOldestVisits(tx, studio.studioId, { limit: CHUNK, after: due.at(-1) })
    for (const visit of visits) {
      const checkedOutAt = planCheckout(studio, visit.checkedInAt)
      if (!isPast(checkedOutAt, now)) return due
      due.push({ ...visit, checkedOutAt })
    }
    if (visits.length < CHUNK) return due
  }
}

async function endChunk(work: UnitOfWork, studioId: number, visits: readonly DueVisit[]) {
  await endVisits(work.tx, visits)
  for (const { visitId, checkedOutAt } of visits) {
    work.audit({
      action: 'visit.ended',
      entityKind: 'visit',
      entityId: visitId,
      studioId,
      diff: { checkedOutAt: [null, checkedOutAt.toString()], outSource: [null, 'AUTOMATIC'] },
    })
  }
  const blocks = await listBlocks(
    work.tx,
    visits.map(({ customerId }) => customerId),
  )
  const hidden = new Set(blocks.map(({ customerId }) => customerId))
  emitCheckouts(
    work,
    studioId,
    visits.filter(({ customerId }) => !hidden.has(customerId)),
  )
  for (const visit of visits) if (hidden.has(visit.customerId)) emitCheckouts(work, studioId, [visit], visit.customerId)
}

/** `about` keeps the event from those partners who may not know of that customer. */
function emitCheckouts(work: UnitOfWork, studioId: number, visits: readonly DueVisit[], about?: number) {
  if (visits.length === 0) return
  const { utc } = printer('CONTRACT')
  const checkouts = visits.map(({ customerId, checkedOutAt }) => ({ customerId, checkoutTime: utc(checkedOutAt) }))
  work.emit(
    customersCheckedOut({
      entityId: studioId,
      audienceStudioIds: [studioId],
      ...defined({ customerId: about }),
      content: { checkouts },
    }),
  )
}
