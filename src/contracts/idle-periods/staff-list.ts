import type { Static } from 'typebox'
import { refuseFields, violation } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { View } from '../../platform/units/work.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { formatAmount } from '../../platform/values/money.ts'
import { loadContracts } from '../changing/loading.ts'
import type { IdlePeriodRow } from '../signed/contract-store.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { readTimeline } from '../timeline/timeline-rules.ts'
import { findIdleFee } from './fee-rules.ts'
import { findReasons, listWaitingContracts } from './idle-store.ts'
import { readWished } from './pending-change.ts'
import { isWaiting } from './request-rules.ts'
import type { listIdlePeriods } from './staff-api.ts'

type Listed = Static<(typeof listIdlePeriods)['answer']>[number]

/** All live pauses of a contract, or those of a studio that wait; what waits is shown beside what is. */
export async function listForStaff(
  view: View,
  { contractId, studioId }: { readonly contractId?: number | undefined; readonly studioId?: number | undefined },
): Promise<Listed[]> {
  if (contractId === undefined && studioId === undefined) throw refuseFields([violation('studioId', 'required')])
  const ids = contractId === undefined ? await listWaitingContracts(view.db, studioId ?? 0) : [contractId]
  const found = await loadContracts(view.db, ids)
  const rows = found.flatMap((contract) =>
    contract.idlePeriods
      .filter((row) => contractId !== undefined || isWaiting(row))
      .map((row) => ({ contract, row, wished: readWished(row) })),
  )
  const reasons = await findReasons(
    view.db,
    rows.flatMap(({ row, wished }) => [row.reasonId ?? [], wished.reasonId ?? []].flat()),
  )
  const findName = (id: number | null) => reasons.get(id ?? 0)?.name ?? ''
  return rows
    .toSorted((a, b) => Temporal.PlainDate.compare(a.wished.startDate, b.wished.startDate))
    .map(({ contract, row }) => present(view, contract, row, findName))
}

function present(
  { now }: View,
  contract: SignedContract,
  row: IdlePeriodRow,
  findName: (id: number | null) => string,
): Listed {
  const wished = readWished(row)
  const today = dateIn(now, contract.studio.zone)
  const { phases, end } = readTimeline(contract, today)
  const show = ({ startDate, endDate, reasonId, documentId }: IdlePeriodRow) => ({
    startDate: startDate.toString(),
    reason: findName(reasonId),
    ...nonNull({ endDate: endDate?.toString() ?? null, documentId }),
  })
  return {
    idlePeriodId: row.id,
    contractId: contract.row.id,
    customerId: contract.row.customerId,
    state: isWaiting(row) ? 'PENDING_VERIFICATION' : 'ACCEPTED',
    now: show(row),
    ...(row.pendingChange === null ? {} : { wished: show(wished) }),
    fee: formatAmount(findIdleFee(wished, { contract, phases, today }).total),
    contractEnd: end.toString(),
  }
}
