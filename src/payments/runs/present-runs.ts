import { readMinor, storeMinor, sum } from '../../accounts/index.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { type listItems, listTotals, type PaymentRun } from './run-store.ts'
import { sequenceTypes } from './run-tables.ts'

type Total = Awaited<ReturnType<typeof listTotals>>[number]

/** Runs as staff see them, with what they come to. */
export async function presentRuns(db: Queryable, runs: readonly PaymentRun[]) {
  const totals = Map.groupBy(
    await listTotals(
      db,
      runs.map(({ id }) => id),
    ),
    ({ runId }) => runId,
  )
  return runs.map((run) => presentRun(run, totals.get(run.id) ?? []))
}

function presentRun(run: PaymentRun, totals: readonly Total[]) {
  const { currency, exportedAt, stoppedAt, submittedAt, bookedAt } = run
  const live = totals.filter(({ state }) => state !== 'DROPPED')
  const add = (some: readonly Total[]) => ({
    items: some.reduce((all, { items }) => all + items, 0),
    amount: storeMinor(sum(some.map(({ amount }) => readMinor(amount, currency))), currency),
  })
  const count = (state: Total['state']) => add(totals.filter((each) => each.state === state)).items
  return {
    paymentRunId: run.id,
    state: run.state,
    methodGroup: run.methodGroup,
    origin: run.origin,
    targetDate: run.targetDate.toString(),
    collectionDate: run.collectionDate.toString(),
    currency,
    ...add(live),
    pending: count('PENDING'),
    booked: count('BOOKED'),
    failed: count('FAILED'),
    returned: count('RETURNED'),
    sequences: sequenceTypes.flatMap((sequenceType) => {
      const some = live.filter((each) => each.sequenceType === sequenceType)
      return some.length === 0 ? [] : [{ sequenceType, ...add(some) }]
    }),
    ...nonNull({
      fileId: run.fileId,
      fileSha256: run.fileSha256?.toString('hex'),
      exportedAt: exportedAt?.toString(),
      stoppedAt: stoppedAt?.toString(),
      submittedAt: submittedAt?.toString(),
      bookedAt: bookedAt?.toString(),
    }),
  }
}

/** An item as staff see it. */
export function presentItem({ id, ...item }: Awaited<ReturnType<typeof listItems>>[number]) {
  const { customerId, instrumentId, state, endToEndId, claimIds, currency, sequenceType, rejectionReason, error } = item
  return {
    itemId: id,
    customerId,
    instrumentId,
    state,
    amount: storeMinor(readMinor(item.amount, currency), currency),
    endToEndId,
    claimIds,
    ...nonNull({ sequenceType, rejectionReason, error }),
  }
}
