import { isVisibleCustomer, localSight } from '../customers/index.ts'
import { parsePosition, positionSlice } from '../platform/api/slices.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { Operations } from '../platform/http/operations.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { PartnerView } from '../platform/units/work.ts'
import * as api from './api.ts'
import { findAccount, listEntries } from './entry-store.ts'
import { presentBalance, presentEntry } from './present.ts'

/** Before every due date. */
const beginning = Temporal.PlainDate.from('1900-01-01')

export function accountRoutes({ read }: Operations) {
  read(api.getCustomersAccountBalanceData, async (view, { params: { customerId } }) => {
    await requireOwnCustomer(view, customerId)
    const account = await findAccount(view.db, customerId, view.caller.studio.id)
    if (!account) throw notFound('studio', view.caller.studio.id)
    return presentBalance(account)
  })
  read(api.getCustomersAccountTransactionData, async (view, { params: { customerId }, query }) => {
    const to = today(view).subtract({ days: 1 })
    return listOwnEntries(view, customerId, { ...query, from: beginning, to })
  })
  read(api.getCustomersAccountUpcomingData, async (view, { params: { customerId }, query }) => {
    const from = today(view)
    return listOwnEntries(view, customerId, { ...query, from, to: from.add({ years: 1 }) })
  })
}

const today = ({ now, caller }: PartnerView) => dateIn(now, caller.studio.zone)

async function requireOwnCustomer(view: PartnerView, customerId: number) {
  if (!(await isVisibleCustomer(view.db, localSight(view), customerId))) throw notFound('customer', customerId)
}

interface EntryQuery {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  readonly offset: string
  readonly sliceSize: number
}

async function listOwnEntries(view: PartnerView, customerId: number, { from, to, offset, sliceSize }: EntryQuery) {
  await requireOwnCustomer(view, customerId)
  const skipped = parsePosition(offset)
  const rows = await listEntries(view.db, { customerId, from, to, skipped, limit: sliceSize + 1 })
  return positionSlice(rows.map(presentEntry), sliceSize, skipped)
}
