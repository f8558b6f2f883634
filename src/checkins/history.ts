import { isVisibleCustomer, type Sight } from '../customers/index.ts'
import { badRequest, notFound } from '../platform/errors/errors.ts'
import { parsePosition, positionSlice, type Slice } from '../platform/api/slices.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { dateIn, parseDate, startOfDay } from '../platform/time/zoned-time.ts'
import { type HistoryDates, judgeHistory } from './history-rules.ts'
import { type HistoryVisit, listVisits } from './history-store.ts'

interface HistoryQuery {
  readonly fromDate?: string
  readonly toDate?: string
  readonly offset: string
  readonly sliceSize: number
}

/** Visits of a customer in the studios of the sight; the dates are those of the key's studio. */
export async function listHistory(
  view: PartnerView,
  customerId: number,
  query: HistoryQuery,
  sight: Sight,
): Promise<Slice<HistoryVisit>> {
  const { zone } = view.caller.studio
  if (!(await isVisibleCustomer(view.db, sight, customerId))) throw notFound('customer', customerId)
  const { from, to } = readDates(query, dateIn(view.now, zone))
  const skipped = parsePosition(query.offset)
  const window = { from: startOfDay(from, zone), until: startOfDay(to.add({ days: 1 }), zone) }
  const { studioIds } = sight
  const rows = await listVisits(view.db, { customerId, studioIds, ...window, skipped, limit: query.sliceSize + 1 })
  return positionSlice(rows, query.sliceSize, skipped)
}

function readDates({ fromDate, toDate }: HistoryQuery, today: Temporal.PlainDate): HistoryDates {
  const given = { from: parseDate(fromDate ?? ''), to: parseDate(toDate ?? '') }
  const verdict = judgeHistory(given, today)
  if (verdict.kind === 'TOO_LONG') {
    const args = [{ type: 'INTEGER', value: verdict.days }] as const
    throw badRequest('errormessage.validation.dateRangeTooLong', { args, reference: 'toDate' })
  }
  if (verdict.kind === 'ORDER') {
    const args = [verdict.from, verdict.to].map((day) => ({ type: 'DATE', value: day.toString() }) as const)
    throw badRequest('errormessage.validation.dateOrder', { args, reference: 'fromDate' })
  }
  return verdict
}
